namespace OpsConsole.Engine.ProvingGround.Measures;

/// <summary>Buckets for times to answer, eight to each doubling from 0.1 ms to beyond 100 s: a value is told within 9 %.</summary>
public static class LatencyBuckets
{
    public const int Count = 168;

    private const double Least = 0.1;
    private const double PerDoubling = 8;

    public static int Of(TimeSpan took) => took.TotalMilliseconds <= Least ? 0 : Math.Clamp((int)Math.Ceiling(Math.Log2(took.TotalMilliseconds / Least) * PerDoubling), 0, Count - 1);

    /// <summary>The longest time, in milliseconds, that falls into the bucket.</summary>
    public static double UpperMs(int bucket) => Least * Math.Pow(2, bucket / PerDoubling);

    /// <summary>The time, in milliseconds, that <paramref name="share"/> of the counted did not exceed; null where nothing was counted.</summary>
    public static double? PercentileMs(ReadOnlySpan<long> counts, double share)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        if (total == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(total * share));
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= rank)
            {
                return UpperMs(bucket);
            }
        }

        return UpperMs(counts.Length - 1);
    }
}
