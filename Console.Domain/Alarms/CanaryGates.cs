using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Domain.Alarms;

/// <summary>The gates of a bake that judge by statistics: all at once, because each further test makes a false alarm likelier.</summary>
public static class CanaryGates
{
    /// <param name="gates">Those with a canary rule.</param>
    /// <param name="look">Which look at the bake's evidence this is.</param>
    public static ImmutableArray<GateVerdict> Judge(ImmutableArray<Gate> gates, string region, HealthWindow window, Look look)
    {
        var whole = window.Whole ?? window with { Readings = [] };
        var readings = gates.Select(gate => whole.Readings.FirstOrDefault(reading => reading.Metric == gate.Reads)).ToArray();
        var judged = BakeJudge.JudgeMetrics([.. gates.Zip(readings, (gate, reading) => new CanaryMetric(gate.Name, gate.Canary!, reading?.Series ?? [], reading?.BaselineSeries ?? []) { Failure = reading?.Failure })], look);
        return [.. gates.Select((gate, i) => Verdict(gate, region, whole, readings[i], judged[i]))];
    }

    private static GateVerdict Verdict(Gate gate, string region, HealthWindow whole, Reading? reading, MetricJudgement judged)
    {
        if (judged.Verdict == Alarms.Verdict.Ok)
        {
            return new(gate.Name, judged.Verdict, null);
        }

        var (rule, compared) = (gate.Canary!, judged.Compared);
        var direction = rule.Harm switch
        {
            Harm.Increase => "above",
            Harm.Decrease => "below",
            _ => "away from",
        };
        return new(gate.Name, judged.Verdict, new(judged.Verdict, gate.Name, gate.Metric, region, $"at most {rule.Floor * 100:0.##} % {direction} the baseline", whole.From, whole.To)
        {
            Value = compared?.Median,
            Baseline = compared?.BaselineMedian,
            Samples = compared?.Count ?? 0,
            Compared = compared,
            Source = reading?.Source,
            Host = judged.Verdict == Alarms.Verdict.Bad ? reading?.Host : null,
            Detail = judged.Reason,
        });
    }
}
