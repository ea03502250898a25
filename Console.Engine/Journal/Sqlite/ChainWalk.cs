using System.Text;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Walks events in the order of their sequence and finds the first that does not follow from the one before.</summary>
internal sealed class ChainWalk(ChainHead start)
{
    /// <summary>Whether the walk begins at the first event, so that each stream must begin at version 1.</summary>
    private readonly bool _whole = start.Sequence == 0;
    private readonly Dictionary<string, long> _versions = [];

    public ChainHead Head { get; private set; } = start;

    /// <summary>Null where the event follows; it is then the new head.</summary>
    public JournalBreak? Next(in EventFields fields)
    {
        if (fields.Sequence != Head.Sequence + 1)
        {
            return new(Head.Sequence + 1, null, null, $"The event is missing: after {Head.Sequence} comes {fields.Sequence} ({Name(fields.Type)} of {Name(fields.Stream)}).");
        }

        if (fields.Hash.Length != ChainHead.HashBytes)
        {
            return Broken(fields, $"Its hash has {fields.Hash.Length} bytes in place of {ChainHead.HashBytes}.");
        }

        var hash = ChainHash.Of(Head.Hash, fields);
        if (!fields.Hash.SequenceEqual(hash))
        {
            return Broken(fields, "Its contents and its hash do not agree: a field, the hash or the order was changed.");
        }

        var stream = fields.StreamName;
        var known = _versions.TryGetValue(stream, out var version);
        if ((known || _whole) && fields.Version != version + 1)
        {
            return Broken(fields, $"It has version {fields.Version} of its stream, but follows version {version}.");
        }

        _versions[stream] = fields.Version;
        Head = new(fields.Sequence, hash);
        return null;
    }

    private static JournalBreak Broken(in EventFields fields, string problem) => new(fields.Sequence, Name(fields.Stream), Name(fields.Type), problem);

    private static string Name(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}

/// <summary>The first thing wrong with a journal.</summary>
/// <param name="Sequence">The event's; null where no single event is at fault.</param>
/// <param name="Stream">As the row has it; null where the event is missing.</param>
/// <param name="Problem">What is wrong, in words.</param>
public sealed record JournalBreak(long? Sequence, string? Stream, string? Type, string Problem);
