using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>One stream in memory: as decided (pending) and as committed. Both are immutable values, so falling back is an assignment.</summary>
internal sealed class StreamSlot(StreamId stream, StreamFamily family)
{
    private volatile Versioned _committed = new(0, family.Initial(stream));

    public StreamId Stream => stream;

    public StreamFamily Family => family;

    /// <summary>The name of the writer that decides for it.</summary>
    public string Writer { get; } = family.WriterOf(stream).ToString();

    public Versioned Pending { get; set; } = new(0, family.Initial(stream));

    public Versioned Committed
    {
        get => _committed;
        set => _committed = value;
    }

    public long SnapshotVersion { get; set; }

    /// <param name="Last">The change that made this version; null where the state came from a snapshot.</param>
    public sealed record Versioned(long Version, object State, LastChange? Last = null);

    /// <summary>Who changed the stream last, when, and by which event's name.</summary>
    public sealed record LastChange(string Actor, DateTimeOffset At, string Event);
}
