namespace OpsConsole.Web.Bench;

/// <summary>Counts of durations in steps of 0.1 ms up to 30 s; longer ones count as 30 s. Any number of threads may add.</summary>
internal sealed class LatencyHistogram
{
    private const int StepsPerMs = 10;

    private readonly long[] _counts = new long[30_000 * StepsPerMs + 1];

    public long Count => _counts.Sum();

    public void Add(TimeSpan took) => Interlocked.Increment(ref _counts[Math.Clamp((int)(took.TotalMilliseconds * StepsPerMs), 0, _counts.Length - 1)]);

    /// <summary>Milliseconds that this share of all durations stayed within; 0 where there are none.</summary>
    public double Percentile(double share)
    {
        var (wanted, seen) = (Math.Ceiling(Count * share), 0L);
        for (var i = 0; i < _counts.Length && wanted > 0; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return (i + 1) / (double)StepsPerMs;
            }
        }

        return 0;
    }
}
