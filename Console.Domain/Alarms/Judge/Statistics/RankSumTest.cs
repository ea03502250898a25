namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>The Mann–Whitney test of two samples.</summary>
/// <param name="U">Pairs in which the first sample's value is the greater; ties count half.</param>
/// <param name="Greater">Chance of a U as large or larger if both samples were one.</param>
/// <param name="Less">Chance of a U as small or smaller if both samples were one.</param>
/// <param name="Exact">Whether every arrangement was counted; else the normal approximation, corrected for ties and continuity.</param>
public sealed record RankSumTest(double U, double Greater, double Less, bool Exact)
{
    public double TwoSided => Math.Min(1, 2 * Math.Min(Greater, Less));

    /// <param name="exact">Forces one way or the other; by default small samples are counted out.</param>
    public static RankSumTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, bool? exact = null)
    {
        var (m, n) = (first.Length, second.Length);
        var ranking = Ranking.Of(first, second);
        var u = ranking.FirstSum - (m * (m + 1.0) / 2);
        if (ranking.Groups.Count <= 1)
        {
            return new(u, 1, 1, Exact: true);
        }

        if (exact ?? m + n <= ExactRankSum.MostValues)
        {
            var (atMost, atLeast) = ExactRankSum.Tails(m, ranking.Groups, ranking.FirstSum);
            return new(u, atLeast, atMost, Exact: true);
        }

        var sigma = Sigma(m, n, ranking.Ties);
        var off = u - (m * (double)n / 2);
        return new(u, Normal.Above((off - 0.5) / sigma), Normal.Above((-off - 0.5) / sigma), Exact: false);
    }

    /// <summary>The smallest p any data of these sizes can show in one direction.</summary>
    public static double LeastP(int m, int n)
    {
        var ways = 1.0;
        for (var i = 1; i <= Math.Min(m, n); i++)
        {
            ways *= (double)(m + n - Math.Min(m, n) + i) / i;
        }

        return 1 / ways;
    }

    /// <summary>Standard deviation of U if both samples were one.</summary>
    public static double Sigma(int m, int n, double ties)
    {
        var (pairs, all) = (m * (double)n, (double)(m + n));
        return Math.Sqrt(pairs / 12 * (all + 1 - (ties / (all * (all - 1)))));
    }
}
