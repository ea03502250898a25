using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>An append with its events as they will lie on disk.</summary>
internal sealed class QueuedAppend(Append append, EncodedEvent[] events)
{
    public Append Append => append;

    public EncodedEvent[] Events => events;

    public long Bytes { get; } = SizeOf(events);

    public long FirstSequence { get; private set; }

    public long LastSequence => FirstSequence + events.Length - 1;

    /// <summary>Gives the events their places behind the event <paramref name="last"/> with the hash <paramref name="hash"/>, which becomes the new last one's.</summary>
    public void Seal(long last, Span<byte> hash)
    {
        FirstSequence = last + 1;
        for (var i = 0; i < events.Length; i++)
        {
            events[i].Seal(hash, FirstSequence + i).CopyTo(hash);
        }
    }

    public ImmutableArray<Recorded> ToRecorded()
    {
        var recorded = ImmutableArray.CreateBuilder<Recorded>(events.Length);
        for (var i = 0; i < events.Length; i++)
        {
            recorded.Add(new(FirstSequence + i, append.Stream, append.After + i + 1, append.At.ToUniversalTime(), append.Actor, append.Reason, append.Cause, append.Events[i]));
        }

        return recorded.MoveToImmutable();
    }

    private static long SizeOf(EncodedEvent[] events)
    {
        var size = 0L;
        foreach (var one in events)
        {
            size += one.Size;
        }

        return size;
    }
}
