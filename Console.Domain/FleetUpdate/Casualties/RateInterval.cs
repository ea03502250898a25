using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>Where a casualty rate lies, as far as the hosts seen tell.</summary>
public sealed record RateInterval(double Low, double High)
{
    /// <summary>Clopper and Pearson's: holds the true rate at least that often, whatever it is.</summary>
    /// <param name="confidence">Such as 0.95.</param>
    public static RateInterval ClopperPearson(long casualties, long hosts, double confidence = 0.95)
    {
        var tail = (1 - confidence) / 2;
        return new(
            casualties == 0 ? 0 : Root(rate => Binomial.AtLeast(hosts, casualties, rate) >= tail),
            casualties >= hosts ? 1 : Root(rate => Binomial.AtMost(hosts, casualties, rate) <= tail));
    }

    /// <summary>Wilson's: shorter, and right on average.</summary>
    public static RateInterval Wilson(long casualties, long hosts, double confidence = 0.95)
    {
        if (hosts == 0)
        {
            return new(0, 1);
        }

        var z = -Normal.Quantile((1 - confidence) / 2);
        var (n, rate) = ((double)hosts, casualties / (double)hosts);
        var (middle, half) = (rate + (z * z / (2 * n)), z * Math.Sqrt((rate * (1 - rate) / n) + (z * z / (4 * n * n))));
        return new(casualties == 0 ? 0 : (middle - half) / (1 + (z * z / n)), casualties == hosts ? 1 : (middle + half) / (1 + (z * z / n)));
    }

    /// <summary>The least rate at which it holds: it does from some rate on.</summary>
    private static double Root(Func<double, bool> holds)
    {
        var (low, high) = (0.0, 1.0);
        while (low + ((high - low) / 2) is var middle && middle > low && middle < high)
        {
            (low, high) = holds(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
