using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Judge.Kayenta;
using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>
/// Judges many metrics at once. With each further metric a false alarm becomes likelier, so p-values are adjusted by Holm's rule: all metrics and looks of
/// a bake together call an equal candidate bad with at most the largest alpha.
/// </summary>
public static class BakeJudge
{
    public static BakeJudgement Judge(BakeRule rule, IReadOnlyList<CanaryMetric> metrics)
    {
        var judged = JudgeMetrics(metrics, rule.Look);
        var counted = metrics.Zip(judged).Where(one => !one.First.Muted).ToArray();
        var (score, groups) = BakeScore.Of(rule.Weights, counted);
        var falseAlarm = metrics.Where(metric => !metric.Muted).Select(metric => metric.Rule.Alpha).DefaultIfEmpty(0).Max();
        var (verdict, reason) = Decide(rule, counted, score);
        return new(verdict, reason, score, falseAlarm, judged) { Groups = groups };
    }

    /// <summary>Each metric's verdict, adjusted for all of them.</summary>
    public static ImmutableArray<MetricJudgement> JudgeMetrics(IReadOnlyList<CanaryMetric> metrics, Look look)
    {
        var measured = metrics.Select(metric => metric.Rule.Mode == JudgeMode.Kayenta ? KayentaMode.Judge(metric) : MetricJudge.Measure(metric)).ToArray();
        var tested = Enumerable.Range(0, metrics.Count).Where(i => !metrics[i].Muted && Tested(i)).ToArray();
        var holm = Multiplicity.Holm([.. tested.Select(i => measured[i].Compared!.P)]);
        return [.. metrics.Select((metric, i) => Tested(i) ? Final(metric, measured[i].Compared!, Array.IndexOf(tested, i)) : measured[i])];

        bool Tested(int i) => metrics[i].Rule.Mode == JudgeMode.Exact && measured[i].Compared is not null;

        MetricJudgement Final(CanaryMetric metric, Comparison compared, int at)
        {
            var adjusted = Math.Min(1, (at < 0 ? compared.P : holm[at]) * look.Price);
            var judgement = MetricJudge.Decide(metric, compared, adjusted, (at < 0 ? 1 : tested.Length) * look.Price);
            return judgement.Verdict == Verdict.Bad && !look.Due
                ? judgement with { Verdict = Verdict.Missing, Reason = string.Create(CultureInfo.InvariantCulture, $"it looks bad, and is judged at look {look.Number}: {judgement.Reason}") }
                : judgement;
        }
    }

    private static (Verdict Verdict, string Reason) Decide(BakeRule rule, (CanaryMetric Metric, MetricJudgement Judgement)[] counted, double? score)
    {
        if (counted.FirstOrDefault(one => one.Metric.Critical && one.Judgement.Verdict == Verdict.Bad) is { Metric: { } critical } worst)
        {
            return (Verdict.Bad, $"{critical.Name} is critical and {worst.Judgement.Reason}");
        }

        if (score < rule.Marginal)
        {
            var bad = counted.Where(one => one.Judgement.Verdict == Verdict.Bad).Select(one => $"{one.Metric.Name} is {one.Judgement.Reason}");
            return (Verdict.Bad, string.Create(CultureInfo.InvariantCulture, $"the score is {score:0.##}, below {rule.Marginal:0.##}: {string.Join("; ", bad)}"));
        }

        if (counted.FirstOrDefault(one => one.Metric.Required && one.Judgement.Verdict is Verdict.Missing or Verdict.Error) is { Metric: { } lacking } silent)
        {
            return (silent.Judgement.Verdict, $"{lacking.Name}: {silent.Judgement.Reason}");
        }

        var silentShare = counted.Count(one => one.Judgement.Verdict is Verdict.Missing or Verdict.Error) * 2;
        return score is null ? (Verdict.Missing, "no metric was judged")
            : silentShare >= counted.Length ? (Verdict.Missing, "half of the metrics or more have no verdict")
            : score < rule.Pass ? (Verdict.Missing, string.Create(CultureInfo.InvariantCulture, $"the score is {score:0.##}, between {rule.Marginal:0.##} and {rule.Pass:0.##}: a person decides"))
            : (Verdict.Ok, string.Create(CultureInfo.InvariantCulture, $"the score is {score:0.##}"));
    }
}
