using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>How one metric of an analysis that is over ended.</summary>
/// <param name="Phase">By what was measured so far.</param>
/// <param name="Finished">False where the analysis was ended before the metric was done: what it would have said is not known.</param>
public sealed record MetricEnd(string Metric, AnalysisPhase Phase, bool Finished)
{
    /// <summary>What was not finished says nothing, however well it looked.</summary>
    public Verdict Verdict => Finished ? Phase.Verdict() : Verdict.Missing;

    public string Words => Finished ? Phase.ToString() : "not finished";
}

/// <summary>An analysis that one metric, or a person, ended.</summary>
public static class AnalysisEnd
{
    public static ImmutableArray<MetricEnd> Of(IEnumerable<(string Metric, AnalysisRule Rule, AnalysisCounts Counts)> metrics) =>
    [
        .. metrics.Select(metric => MetricAnalysis.Assess(metric.Rule, metric.Counts, ending: false) is var phase && phase.IsOver()
            ? new MetricEnd(metric.Metric, phase, Finished: true)
            : new MetricEnd(metric.Metric, MetricAnalysis.Assess(metric.Rule, metric.Counts, ending: true), Finished: false)),
    ];
}
