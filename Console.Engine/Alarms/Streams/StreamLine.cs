using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>All that is kept of one stream, at every resolution. One lock a stream, held for one addition or one look.</summary>
internal sealed class StreamLine
{
    /// <summary>The names, the line itself and its place in the indexes, about.</summary>
    private const int OwnBytes = 700;

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly CellRing[] _sums = [.. StoreShape.Tiers.Select(tier => new CellRing(tier.Cells))];
    private readonly BucketRing[] _buckets;
    private bool _closed;

    public StreamLine(MetricStream stream, DateTimeOffset now)
    {
        (Stream, Last) = (stream, now);
        _buckets = StoreShape.HasDistribution(stream.Metric) ? [.. StoreShape.Distributions.Select(tier => new BucketRing(tier.Cells))] : [];
        Shape = stream.Dimensions().Aggregate(0, (mask, one) => mask | (1 << IndexOf(one.Name)));
    }

    public MetricStream Stream { get; }

    /// <summary>Which dimensions it has, one bit each.</summary>
    public int Shape { get; }

    /// <summary>When it was last observed.</summary>
    public DateTimeOffset Last { get; private set; }

    public int Bytes { get; private set; } = OwnBytes;

    /// <summary>The slot a time lies in, at cells of this length.</summary>
    public static int Slot(DateTimeOffset at, TimeSpan cell) => (int)((at - Epoch).Ticks / cell.Ticks);

    public static DateTimeOffset TimeOf(int slot, TimeSpan cell) => Epoch + (slot * cell);

    /// <summary>False where there was no room for it; null where the line was taken out of the store meanwhile, and nothing is taken.</summary>
    /// <param name="room">Whether so many bytes more may be taken.</param>
    /// <param name="grown">By how many bytes it grew, or shrank.</param>
    public bool? Add(double value, DateTimeOffset at, int count, Func<int, bool> room, out int grown)
    {
        lock (_lock)
        {
            if (_closed)
            {
                grown = 0;
                return null;
            }

            var (before, all) = (Bytes, true);
            for (var i = 0; i < _sums.Length; i++)
            {
                var slot = Slot(at, StoreShape.Tiers[i].Cell);
                if (_sums[i].Growth(slot) is var more && (more == 0 || room(more)))
                {
                    _sums[i].Add(slot, value, count);
                }
                else
                {
                    all = false;
                }
            }

            for (var i = 0; i < _buckets.Length; i++)
            {
                all &= _buckets[i].Add(Slot(at, StoreShape.Distributions[i].Cell), LatencyScale.Of(value), count, room);
            }

            Last = at > Last ? at : Last;
            Bytes = OwnBytes + _sums.Sum(ring => ring.Bytes) + _buckets.Sum(ring => ring.Bytes);
            grown = Bytes - before;
            return all;
        }
    }

    /// <summary>Takes nothing any more. Answers how many bytes it had in the end.</summary>
    public int Close()
    {
        lock (_lock)
        {
            _closed = true;
            return Bytes;
        }
    }

    public void Read(int tier, int from, int length, Span<PeriodSum> periods)
    {
        lock (_lock)
        {
            _sums[tier].Read(from, length, periods);
        }
    }

    /// <summary>Adds the distribution of one time to counts; nothing where the stream has none.</summary>
    public long ReadBuckets(int tier, int from, int to, Span<long> counts)
    {
        lock (_lock)
        {
            return _buckets.Length == 0 ? 0 : _buckets[tier].Read(from, to, counts);
        }
    }

    /// <summary>How often it came since a time: so many seconds with observations, so many observations.</summary>
    public (int Seconds, long Observations) Since(DateTimeOffset from)
    {
        lock (_lock)
        {
            return _sums[0].Since(Slot(from, StoreShape.Tiers[0].Cell));
        }
    }

    private static int IndexOf(string name)
    {
        for (var i = 0; i < StreamText.Names.Count; i++)
        {
            if (StreamText.Names[i] == name)
            {
                return i;
            }
        }

        return 31;
    }
}
