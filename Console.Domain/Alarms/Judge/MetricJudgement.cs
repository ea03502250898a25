namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>What the judge says of one metric, and all it says it on.</summary>
/// <param name="Reason">One sentence.</param>
public sealed record MetricJudgement(string Metric, Verdict Verdict, string Reason)
{
    /// <summary>Null where too little was there to compare.</summary>
    public Comparison? Compared { get; init; }

    /// <summary>The chance of such a difference between equals, adjusted for the other metrics and for earlier looks; 0 to 1.</summary>
    public double? AdjustedP { get; init; }
}

/// <summary>Two samples compared.</summary>
/// <param name="Count">Points of the candidate that were compared.</param>
/// <param name="BaselineCount">Points of the baseline that were compared.</param>
/// <param name="Median">Of the candidate, in the metric's unit.</param>
/// <param name="BaselineMedian">Of the baseline, in the metric's unit.</param>
/// <param name="P">Mann–Whitney, towards the harm, unadjusted.</param>
/// <param name="Exact">Whether P was counted out; else approximated.</param>
public sealed record Comparison(int Count, int BaselineCount, double Median, double BaselineMedian, double P, bool Exact)
{
    /// <summary>By how much the candidate lies above, in the metric's unit: the Hodges–Lehmann estimate.</summary>
    public double Shift { get; init; }

    /// <summary>The shift's interval; null where the samples are too small to bound it.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>Of the interval, 0.99 for 99 %.</summary>
    public double Confidence { get; init; }

    /// <summary>
    /// The difference that is held against the floor, in the metric's unit: the shift or the difference of the means, whichever goes further towards harm. The
    /// shift is blind where most points are equal, as counts of rare errors are; the means are not.
    /// </summary>
    public double Difference { get; init; }

    /// <summary>What shares are taken of: the size of the baseline's median, or of its mean where that is 0.</summary>
    public double Scale { get; init; }

    /// <summary>The difference as a share of the baseline; null where the baseline is 0. Free of units.</summary>
    public double? Effect => Scale > 0 ? Difference / Scale : null;

    /// <summary>Cliff's delta, −1 to 1: how far the samples lie apart, whatever the scale.</summary>
    public double Delta { get; init; }
}
