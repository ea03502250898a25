namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>The binomial distribution, with all its digits far out in the tails: products and sums of positive terms, no logarithms of factorials.</summary>
public static class Binomial
{
    /// <summary>Chance of exactly k of n.</summary>
    /// <param name="p">Of each, 0 to 1.</param>
    public static double Exactly(long n, long k, double p)
    {
        if (k < 0 || k > n)
        {
            return 0;
        }

        if (p <= 0 || p >= 1)
        {
            return k == (p <= 0 ? 0 : n) ? 1 : 0;
        }

        // The smaller side is multiplied out; the other side's power is taken in between, whenever the product is above 1, so that nothing overflows.
        var (few, hit) = k <= n - k ? (k, p) : (n - k, 1 - p);
        var missLog = k <= n - k ? Exact.Log1P(-p) : Math.Log(p);
        var (value, left) = (1.0, n - few);
        for (long i = 0; i < few; i++)
        {
            value *= (double)(n - i) / (i + 1) * hit;
            if (value > 1 && left > 0)
            {
                var take = Math.Min(left, (long)Math.Ceiling(Math.Log(value) / -missLog));
                (value, left) = (value * Math.Exp(take * missLog), left - take);
            }
        }

        return value * Math.Exp(left * missLog);
    }

    /// <summary>Ways to choose k of n.</summary>
    public static double Ways(int n, int k)
    {
        var ways = 1.0;
        for (var i = 0; i < Math.Min(k, n - k); i++)
        {
            ways = ways * (n - i) / (i + 1);
        }

        return k < 0 || k > n ? 0 : ways;
    }

    /// <summary>Chance of k or more of n.</summary>
    public static double AtLeast(long n, long k, double p) =>
        k <= 0 ? 1 : k > n ? 0 : k > n * p ? Above(n, k, p) : 1 - Below(n, k - 1, p);

    /// <summary>Chance of k or fewer of n.</summary>
    public static double AtMost(long n, long k, double p) =>
        k < 0 ? 0 : k >= n ? 1 : k < n * p ? Below(n, k, p) : 1 - Above(n, k + 1, p);

    /// <summary>The fewest whose chance, that many or more, is at most this.</summary>
    public static long Threshold(long n, double p, double chance)
    {
        var (low, high) = (0L, n + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = AtLeast(n, middle, p) <= chance ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static double Above(long n, long k, double p)
    {
        var term = Exactly(n, k, p);
        var (sum, odds) = (term, p / (1 - p));
        for (var i = k; i < n && term > sum * 1e-18; i++)
        {
            term *= (double)(n - i) / (i + 1) * odds;
            sum += term;
        }

        return Math.Min(1, sum);
    }

    private static double Below(long n, long k, double p)
    {
        var term = Exactly(n, k, p);
        var (sum, odds) = (term, (1 - p) / p);
        for (var i = k; i > 0 && term > sum * 1e-18; i--)
        {
            term *= (double)i / (n - i + 1) * odds;
            sum += term;
        }

        return Math.Min(1, sum);
    }
}
