using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>The weighted share of good metrics. Metrics without a verdict are neither good nor bad here; what they do is decided apart.</summary>
internal static class BakeScore
{
    private const string Ungrouped = "all";

    public static (double? Score, ImmutableSortedDictionary<string, double> Groups) Of(ImmutableDictionary<string, double> weights, IEnumerable<(CanaryMetric Metric, MetricJudgement Judgement)> counted)
    {
        var groups = counted.Where(one => one.Judgement.Verdict is Verdict.Ok or Verdict.Bad)
            .SelectMany(one => one.Metric.Groups.DefaultIfEmpty(Ungrouped).Select(group => (group, one.Judgement.Verdict)))
            .GroupBy(one => one.group)
            .ToImmutableSortedDictionary(group => group.Key, group => 100.0 * group.Count(one => one.Verdict == Verdict.Ok) / group.Count(), StringComparer.Ordinal);
        if (groups.IsEmpty)
        {
            return (null, groups);
        }

        var named = groups.Keys.Where(weights.ContainsKey).ToArray();
        var left = 100 - weights.Values.Sum();
        var rest = left > 0 ? left / Math.Max(1, groups.Count - named.Length) : named.Length > 0 ? named.Average(group => weights[group]) : 1;
        var total = groups.Keys.Sum(group => weights.GetValueOrDefault(group, rest));

        // Groups whose metrics all lack data carry no weight: what is judged makes up the whole.
        return (total <= 0 ? null : Math.Round(groups.Sum(group => group.Value * weights.GetValueOrDefault(group.Key, rest)) / total, 6), groups);
    }
}
