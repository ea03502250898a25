using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>Reads periods of streams. Not safe for several at once: it keeps its scratch memory, so that reading leaves nothing behind.</summary>
public sealed class MetricQuery
{
    private readonly long[] _counts = new long[LatencyScale.Buckets];
    private PeriodSum[] _sums = new PeriodSum[16];

    /// <summary>One value for each period, oldest first; NaN where there is none.</summary>
    /// <param name="from">Start of the first period; periods lie on whole multiples of their length.</param>
    /// <param name="least">A period with fewer observations has no value.</param>
    public void Read(StreamSet set, Statistic statistic, DateTimeOffset from, TimeSpan period, Span<double> values, long least)
    {
        var distribution = statistic.Kind == StatisticKind.Percentile;
        var tier = StoreShape.TierFor(period, values.Length, distribution);
        values.Fill(double.NaN);
        if (tier < 0 || set.Lines.IsEmpty)
        {
            return;
        }

        var cell = (distribution ? StoreShape.Distributions : StoreShape.Tiers)[tier].Cell;
        var (first, length) = (StreamLine.Slot(from, cell), (int)(period.Ticks / cell.Ticks));
        if (distribution)
        {
            Percentiles(set, statistic.Percent, tier, first, length, values, least);
            return;
        }

        if (_sums.Length < values.Length)
        {
            _sums = new PeriodSum[values.Length];
        }

        var sums = _sums.AsSpan(0, values.Length);
        sums.Clear();
        foreach (var line in set.Lines)
        {
            line.Read(tier, first, length, sums);
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = sums[i].Count < Math.Max(1, least) ? double.NaN : Value(sums[i], statistic.Kind);
        }
    }

    private static double Value(in PeriodSum sum, StatisticKind kind) =>
        kind switch
        {
            StatisticKind.Average => sum.Sum / sum.Count,
            StatisticKind.Sum => sum.Sum,
            StatisticKind.Minimum => sum.Least,
            StatisticKind.Maximum => sum.Most,
            _ => sum.Count,
        };

    private void Percentiles(StreamSet set, double percent, int tier, int first, int length, Span<double> values, long least)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Array.Clear(_counts);
            var (from, total) = (first + (i * length), 0L);
            foreach (var line in set.Lines)
            {
                total += line.ReadBuckets(tier, from, from + length, _counts);
            }

            values[i] = total < Math.Max(1, least) ? double.NaN : Quantile(total, percent);
        }
    }

    /// <summary>The smallest value that so many percent do not exceed, told by its bucket's middle.</summary>
    private double Quantile(long total, double percent)
    {
        var (rank, seen) = (Math.Max(1, (long)Math.Ceiling(total * percent / 100)), 0L);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
            {
                return LatencyScale.Middle(bucket);
            }
        }

        return LatencyScale.Middle(_counts.Length - 1);
    }
}
