namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>By how much the first sample lies above the second: the median of all differences, and an interval that inverts the Mann–Whitney test.</summary>
/// <param name="Low">Negative infinity where the samples are too small for the confidence asked.</param>
/// <param name="High">Positive infinity where the samples are too small for the confidence asked.</param>
public sealed record HodgesLehmann(double Shift, double Low, double High)
{
    /// <summary>Order statistics of the differences, no root finder: right at any scale.</summary>
    /// <param name="confidence">Of the two-sided interval, between 0 and 1.</param>
    public static HodgesLehmann Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double confidence)
    {
        var differences = new PairwiseDifferences(first, second);
        var cut = Cut(first.Length, second.Length, (1 - confidence) / 2);
        return cut <= 0 ? new(differences.Median, double.NegativeInfinity, double.PositiveInfinity)
            : new(differences.Median, differences.At(cut - 1), differences.At(differences.Count - cut));
    }

    private static long Cut(int m, int n, double tail)
    {
        if (m + n <= ExactRankSum.MostValues)
        {
            return Math.Min(ExactRankSum.Cut(m, n, tail), ((long)m * n + 1) / 2);
        }

        var cut = (m * (double)n / 2) + (Normal.Quantile(tail) * RankSumTest.Sigma(m, n, ties: 0)) - 0.5;
        return Math.Clamp((long)Math.Floor(cut) + 1, 0, ((long)m * n + 1) / 2);
    }
}
