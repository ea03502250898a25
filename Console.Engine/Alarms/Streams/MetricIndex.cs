using System.Collections.Immutable;
using System.Numerics;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>The streams of one metric.</summary>
internal sealed class MetricIndex
{
    private readonly Lock _lock = new();
    private readonly List<StreamLine> _lines = [];
    private StreamLine[]? _seen;
    private int _version = 1;

    /// <summary>Rises with each stream that comes or goes.</summary>
    public int Version => Volatile.Read(ref _version);

    public int Count => Lines.Length;

    public StreamLine[] Lines
    {
        get
        {
            lock (_lock)
            {
                return _seen ??= [.. _lines];
            }
        }
    }

    public void Add(StreamLine line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            _seen = null;
            _version++;
        }
    }

    public void Remove(StreamLine line)
    {
        lock (_lock)
        {
            _lines.Remove(line);
            _seen = null;
            _version++;
        }
    }

    public StreamSet Find(StreamSelector selector)
    {
        int version;
        StreamLine[] all;
        lock (_lock)
        {
            (version, all) = (_version, _seen ??= [.. _lines]);
        }

        // The same observations may come by host and by AZ: of each set of dimensions only the coarsest that matches is taken, so that nothing counts twice.
        var matching = all.Where(line => selector.Matches(line.Stream)).GroupBy(line => line.Shape).OrderBy(shape => BitOperations.PopCount((uint)shape.Key)).ThenBy(shape => shape.Key).FirstOrDefault();
        return new(version, matching is null ? [] : [.. matching]);
    }
}

/// <summary>The streams that a selector meant when it was asked.</summary>
public sealed class StreamSet
{
    internal StreamSet(int version, ImmutableArray<StreamLine> lines) => (Version, Lines) = (version, lines);

    internal static StreamSet None { get; } = new(0, []);

    internal int Version { get; }

    internal ImmutableArray<StreamLine> Lines { get; }

    public int Count => Lines.Length;

    public IEnumerable<MetricStream> Streams => Lines.Select(line => line.Stream);
}
