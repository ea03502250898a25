namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>Where a metric's analysis, or one measurement, stands: the best first.</summary>
public enum AnalysisPhase
{
    Successful,
    Running,
    Pending,
    Inconclusive,
    Error,
    Failed,
}

/// <summary>How phases combine.</summary>
public static class AnalysisPhases
{
    public static bool IsWorse(AnalysisPhase current, AnalysisPhase next) => next > current;

    public static bool IsOver(this AnalysisPhase phase) => phase is not (AnalysisPhase.Running or AnalysisPhase.Pending);

    /// <summary>Only success promotes and only failure rolls back (law 8).</summary>
    public static Verdict Verdict(this AnalysisPhase phase) => phase switch
    {
        AnalysisPhase.Successful => Alarms.Verdict.Ok,
        AnalysisPhase.Failed => Alarms.Verdict.Bad,
        AnalysisPhase.Error => Alarms.Verdict.Error,
        _ => Alarms.Verdict.Missing,
    };

    /// <summary>Whether one metric's end ends the others: any that did not succeed does, dry runs aside.</summary>
    /// <param name="asked">Whether a person or the rollout asked for the end.</param>
    public static bool EndsOthers(IEnumerable<(AnalysisPhase Phase, bool DryRun)> metrics, bool asked) =>
        asked || metrics.Any(metric => !metric.DryRun && metric.Phase is AnalysisPhase.Failed or AnalysisPhase.Error or AnalysisPhase.Inconclusive);

    /// <summary>The worst of those over once all are; until then it is running. Dry runs do not count.</summary>
    public static AnalysisPhase Overall(IReadOnlyCollection<(AnalysisPhase Phase, bool DryRun)> metrics)
    {
        var counted = metrics.Where(metric => !metric.DryRun).Select(metric => metric.Phase).ToArray();
        return counted.Length == 0 || !counted.All(IsOver) ? AnalysisPhase.Running : counted.Max();
    }
}
