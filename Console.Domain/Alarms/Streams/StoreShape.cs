namespace OpsConsole.Domain.Alarms.Streams;

/// <summary>One resolution of the metric store.</summary>
/// <param name="Cell">How long one cell is.</param>
/// <param name="Cells">How many are kept.</param>
public sealed record StoreTier(TimeSpan Cell, int Cells)
{
    public TimeSpan Span => Cell * Cells;
}

/// <summary>What the metric store keeps of each stream: fine for a while, coarser for longer. Rules are checked against it before they are taken.</summary>
public static class StoreShape
{
    /// <summary>Counts, sums, least and greatest.</summary>
    public static IReadOnlyList<StoreTier> Tiers { get; } = [new(TimeSpan.FromSeconds(1), 900), new(TimeSpan.FromMinutes(1), 180), new(TimeSpan.FromMinutes(5), 288)];

    /// <summary>Distributions, of streams in milliseconds.</summary>
    public static IReadOnlyList<StoreTier> Distributions { get; } = [new(TimeSpan.FromSeconds(10), 90), new(TimeSpan.FromMinutes(1), 180), new(TimeSpan.FromMinutes(5), 288)];

    /// <summary>The coarsest tier that has whole cells in a period and keeps the periods; -1 where none does.</summary>
    public static int TierFor(TimeSpan period, int periods, bool distribution)
    {
        var tiers = distribution ? Distributions : Tiers;
        for (var i = tiers.Count - 1; i >= 0; i--)
        {
            // One cell more: the newest period is rarely the one that is being filled.
            if (period > TimeSpan.Zero && period.Ticks % tiers[i].Cell.Ticks == 0 && (period * (periods + 1)) + tiers[i].Cell <= tiers[i].Span)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a stream's distribution is kept: its unit is milliseconds.</summary>
    public static bool HasDistribution(string metric) => metric == "ms" || metric.EndsWith("-ms", StringComparison.Ordinal);
}
