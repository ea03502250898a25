using System.Globalization;
using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>
/// Judges one metric: bad is what differs beyond chance and beyond the practical floor. Only ranks, order statistics and shares decide, so that the unit
/// of the metric does not.
/// </summary>
public static class MetricJudge
{
    /// <summary>Shares are compared up to this, so that rounding at another scale changes no verdict.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The metric by itself: one look, no others beside it.</summary>
    public static MetricJudgement Judge(CanaryMetric metric)
    {
        var measured = Measure(metric);
        return measured.Compared is { } compared ? Decide(metric, compared, compared.P, tests: 1) : measured;
    }

    /// <summary>The comparison, or a verdict where there is nothing to compare.</summary>
    internal static MetricJudgement Measure(CanaryMetric metric)
    {
        if (metric.Failure is { } failure)
        {
            return new(metric.Name, Verdict.Error, failure);
        }

        var points = MetricPoints.Of(metric);
        return points.Lacking is { } lacking ? new(metric.Name, Verdict.Missing, lacking)
            : new(metric.Name, Verdict.Missing, "not judged yet") { Compared = Compare(metric.Rule, points.Candidate, points.Baseline) };
    }

    /// <param name="adjusted">P adjusted for all tests made.</param>
    /// <param name="tests">How many times the least P is multiplied before it may be compared with alpha.</param>
    internal static MetricJudgement Decide(CanaryMetric metric, Comparison compared, double adjusted, double tests)
    {
        var rule = metric.Rule;
        MetricJudgement Say(Verdict verdict, string reason) => new(metric.Name, verdict, reason) { Compared = compared, AdjustedP = adjusted };

        var reachable = RankSumTest.LeastP(compared.Count, compared.BaselineCount) * (rule.Harm == Harm.Either ? 2 : 1) * tests;
        if (reachable > rule.Alpha)
        {
            return Say(Verdict.Missing, string.Create(CultureInfo.InvariantCulture, $"{compared.Count} and {compared.BaselineCount} points cannot show any difference at alpha {rule.Alpha:0.######}: the clearest would have p {reachable:0.####}"));
        }

        if (adjusted <= rule.Alpha && Matters(rule, compared))
        {
            return Say(Verdict.Bad, JudgeWords.Difference(rule, compared, adjusted));
        }

        return rule.Within is { } within && !RulesOut(rule, compared, within)
            ? Say(Verdict.Missing, $"harm of {JudgeWords.Share(within)} is not ruled out yet: {JudgeWords.Figures(compared)}")
            : Say(Verdict.Ok, $"no harm beyond chance and the floor of {JudgeWords.Share(rule.Floor)}: {JudgeWords.Figures(compared)}");
    }

    /// <summary>Whether the difference is in the direction of harm and larger than the practical floor.</summary>
    internal static bool Matters(CanaryRule rule, Comparison compared)
    {
        return Size(rule, compared) > Math.Max(rule.Least, Math.Max(rule.Floor, Rounding) * compared.Scale) * (1 + Rounding);
    }

    private static bool RulesOut(CanaryRule rule, Comparison compared, double within)
    {
        var limit = Math.Max(rule.Least, within * compared.Scale) * (1 + Rounding);
        return Size(rule, compared) <= limit && (rule.Harm == Harm.Decrease || compared.High <= limit) && (rule.Harm == Harm.Increase || compared.Low >= -limit);
    }

    /// <summary>How far the difference goes towards harm, in the metric's unit.</summary>
    private static double Size(CanaryRule rule, Comparison compared) => rule.Harm switch
    {
        Harm.Increase => compared.Difference,
        Harm.Decrease => -compared.Difference,
        _ => Math.Abs(compared.Difference),
    };

    private static Comparison Compare(CanaryRule rule, double[] candidate, double[] baseline)
    {
        var test = RankSumTest.Of(candidate, baseline);
        var confidence = 1 - (rule.Alpha * (rule.Harm == Harm.Either ? 1 : 2));
        var interval = HodgesLehmann.Of(candidate, baseline, confidence);
        var median = Descriptive.Median(baseline);
        var mean = Descriptive.Mean(baseline);
        var moved = Descriptive.Mean(candidate) - mean;
        var nothing = Rounding * Math.Max(candidate.Max(Math.Abs), baseline.Max(Math.Abs));
        var p = rule.Harm switch
        {
            Harm.Increase => test.Greater,
            Harm.Decrease => test.Less,
            _ => test.TwoSided,
        };
        return new(candidate.Length, baseline.Length, Descriptive.Median(candidate), median, p, test.Exact)
        {
            Shift = interval.Shift,
            Low = double.IsFinite(interval.Low) ? interval.Low : null,
            High = double.IsFinite(interval.High) ? interval.High : null,
            Confidence = confidence,
            Difference = rule.Harm switch
            {
                Harm.Increase => Math.Max(interval.Shift, moved),
                Harm.Decrease => Math.Min(interval.Shift, moved),
                _ => Math.Abs(moved) > Math.Abs(interval.Shift) ? moved : interval.Shift,
            },
            Scale = Math.Abs(median) > nothing ? Math.Abs(median) : Math.Abs(mean) > nothing ? Math.Abs(mean) : 0,
            Delta = (2 * test.U / ((double)candidate.Length * baseline.Length)) - 1,
        };
    }
}
