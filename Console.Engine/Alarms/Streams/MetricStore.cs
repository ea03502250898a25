using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>
/// All streams of the last day, in memory and bounded. Nobody waits for anybody but for one stream's lock. It starts empty: what was before a restart is not
/// known, and whoever reads must not take that for silence (<see cref="Since"/>).
/// </summary>
public sealed class MetricStore : IMetricSink
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly MetricStoreOptions _options;
    private readonly ConcurrentDictionary<MetricStream, StreamLine> _lines = new();
    private readonly ConcurrentDictionary<string, MetricIndex> _metrics = new(StringComparer.Ordinal);
    private readonly Func<int, bool> _room;
    private long _bytes;
    private long _observations;
    private long _outOfTime;
    private long _invalid;
    private long _tooMany;
    private long _noRoom;
    private int _streams;

    public MetricStore(TimeProvider clock, MetricStoreOptions? options = null)
    {
        (_clock, _options) = (clock, options ?? new());
        Since = clock.GetUtcNow();
        _room = more => Interlocked.Read(ref _bytes) + more <= _options.MostBytes;
    }

    /// <summary>How long anything is kept.</summary>
    public static TimeSpan Kept => StoreShape.Tiers[^1].Span;

    /// <summary>When the store began.</summary>
    public DateTimeOffset Since { get; }

    public StoreFigures Figures => new(Since, Volatile.Read(ref _streams), Interlocked.Read(ref _bytes), Interlocked.Read(ref _observations))
    {
        MostStreams = _options.MostStreams,
        MostBytes = _options.MostBytes,
        OutOfTime = Interlocked.Read(ref _outOfTime),
        Invalid = Interlocked.Read(ref _invalid),
        TooManyStreams = Interlocked.Read(ref _tooMany),
        NoRoom = Interlocked.Read(ref _noRoom),
    };

    public bool Add(MetricStream stream, double value, DateTimeOffset at) => Add(stream, value, at, 1);

    public bool Add(MetricStream stream, double value, DateTimeOffset at, int count)
    {
        var now = _clock.GetUtcNow();
        if (!double.IsFinite(value) || count < 1)
        {
            Interlocked.Increment(ref _invalid);
            return false;
        }

        if (at > now + Ahead || at <= now - Kept)
        {
            Interlocked.Increment(ref _outOfTime);
            return false;
        }

        bool? all = null;
        var grown = 0;
        while (all is null)
        {
            if (!_lines.TryGetValue(stream, out var line) && (line = Open(stream, at)) is null)
            {
                return false;
            }

            all = line.Add(value, at, count, _room, out grown);
        }

        Interlocked.Add(ref _bytes, grown);
        Interlocked.Add(ref _observations, count);
        if (!all.Value)
        {
            Interlocked.Increment(ref _noRoom);
        }

        return all.Value;
    }

    /// <summary>The streams a selector means, as of now.</summary>
    public StreamSet Find(StreamSelector selector) => _metrics.TryGetValue(selector.Metric, out var index) ? index.Find(selector) : StreamSet.None;

    /// <summary>Whether a set may have changed since it was found.</summary>
    internal bool IsStale(StreamSelector selector, StreamSet set) => (_metrics.TryGetValue(selector.Metric, out var index) ? index.Version : 0) != set.Version;

    /// <summary>Names of all metrics there are, in the order of the alphabet.</summary>
    public ImmutableArray<string> MetricNames => [.. _metrics.Where(metric => metric.Value.Count > 0).Select(metric => metric.Key).Order(StringComparer.Ordinal)];

    /// <summary>All streams of a metric, or of all; in no stated order.</summary>
    public IEnumerable<MetricStream> Streams(string? metric = null) => metric is null ? _lines.Keys : _metrics.TryGetValue(metric, out var index) ? index.Lines.Select(line => line.Stream) : [];

    internal IEnumerable<StreamLine> Lines => _lines.Values;

    /// <summary>Forgets streams that have been silent for longer than anything is kept; answers how many.</summary>
    public int Sweep()
    {
        var before = _clock.GetUtcNow() - Kept;
        return _lines.Values.Where(line => line.Last <= before).Count(TakeOut);
    }

    /// <summary>Forgets all streams of a metric, with all that was observed; answers how many.</summary>
    public int Forget(string metric) => _metrics.TryGetValue(metric, out var index) ? index.Lines.Count(TakeOut) : 0;

    private bool TakeOut(StreamLine line)
    {
        if (!_lines.TryRemove(KeyValuePair.Create(line.Stream, line)))
        {
            return false;
        }

        _metrics[line.Stream.Metric].Remove(line);

        // Whoever found the line before it was taken out opens it anew, and its bytes are counted once.
        Interlocked.Add(ref _bytes, -line.Close());
        Interlocked.Decrement(ref _streams);
        return true;
    }

    private StreamLine? Open(MetricStream stream, DateTimeOffset at)
    {
        if (StreamText.Wrong(stream) is not null)
        {
            Interlocked.Increment(ref _invalid);
            return null;
        }

        if (Interlocked.Increment(ref _streams) > _options.MostStreams)
        {
            Interlocked.Decrement(ref _streams);
            Interlocked.Increment(ref _tooMany);
            return null;
        }

        var mine = new StreamLine(stream, at);
        var line = _lines.GetOrAdd(stream, mine);
        if (line != mine)
        {
            Interlocked.Decrement(ref _streams);
            return line;
        }

        Interlocked.Add(ref _bytes, line.Bytes);
        _metrics.GetOrAdd(stream.Metric, _ => new MetricIndex()).Add(line);
        return line;
    }
}
