using System.Collections.Concurrent;

namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>
/// The distribution of the rank sum under "both samples are one", by counting every way to draw the first sample from the ranks there are, ties
/// included. Exact: all counts stay below 2^53.
/// </summary>
public static class ExactRankSum
{
    /// <summary>Counts without ties depend on the sizes only: worked out once, some megabytes at most.</summary>
    private static readonly ConcurrentDictionary<(int M, int N), double[]> Untied = [];

    /// <summary>The most values of both samples together that are counted out.</summary>
    public const int MostValues = 40;

    /// <summary>Chances that the first sample's rank sum is at most, and at least, what was seen.</summary>
    /// <param name="m">Size of the first sample.</param>
    /// <param name="groups">Sizes of the groups of equal values, smallest first.</param>
    public static (double AtMost, double AtLeast) Tails(int m, IReadOnlyList<int> groups, double rankSum)
    {
        var all = groups.Sum();
        var counts = groups.Count == all ? Plain(m, all - m) : Count(DoubledRanks(groups), m);
        var seen = (int)Math.Round(rankSum * 2);
        var (below, above, ways) = (0.0, 0.0, 0.0);
        for (var sum = 0; sum < counts.Length; sum++)
        {
            ways += counts[sum];
            below += sum <= seen ? counts[sum] : 0;
            above += sum >= seen ? counts[sum] : 0;
        }

        return (below / ways, above / ways);
    }

    /// <summary>
    /// How many of the smallest pairwise differences lie outside an interval whose each side errs with at most <paramref name="tail"/>, without ties; 0 where
    /// the samples are too small for any bound.
    /// </summary>
    public static int Cut(int m, int n, double tail)
    {
        var counts = Plain(m, n);
        var all = counts.Sum();
        var (least, sum) = (m * (m + 1), 0.0);
        for (var u = 0; u <= m * n; u++)
        {
            sum += counts[least + (2 * u)];
            if (sum / all > tail)
            {
                return u;
            }
        }

        return (m * n) + 1;
    }

    private static double[] Plain(int m, int n) => Untied.GetOrAdd((m, n), sizes => Count(DoubledRanks([.. Enumerable.Repeat(1, sizes.M + sizes.N)]), sizes.M));

    /// <summary>Ranks times two, so that shared ranks are whole numbers.</summary>
    private static int[] DoubledRanks(IReadOnlyList<int> groups)
    {
        var ranks = new int[groups.Sum()];
        var at = 0;
        foreach (var size in groups)
        {
            Array.Fill(ranks, (2 * at) + size + 1, at, size);
            at += size;
        }

        return ranks;
    }

    /// <summary>By doubled rank sum, the number of ways to choose m of the ranks.</summary>
    private static double[] Count(int[] ranks, int m)
    {
        var most = ranks.TakeLast(m).Sum();
        var ways = new double[m + 1][];
        for (var chosen = 0; chosen <= m; chosen++)
        {
            ways[chosen] = new double[most + 1];
        }

        ways[0][0] = 1;
        var seen = 0;
        foreach (var rank in ranks)
        {
            seen++;
            for (var chosen = Math.Min(seen, m); chosen >= 1; chosen--)
            {
                var (to, from) = (ways[chosen], ways[chosen - 1]);
                for (var sum = most; sum >= rank; sum--)
                {
                    to[sum] += from[sum - rank];
                }
            }
        }

        return ways[m];
    }
}
