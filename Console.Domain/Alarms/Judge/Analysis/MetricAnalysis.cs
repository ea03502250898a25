namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>What a metric's measurements make of it: limits first, then successes in a row, then the count, and at last whether it is to end.</summary>
public static class MetricAnalysis
{
    /// <param name="ending">Whether the analysis was told to end.</param>
    public static AnalysisPhase Assess(AnalysisRule rule, AnalysisCounts counts, bool ending)
    {
        if (counts.Last is not { } last)
        {
            return !ending ? AnalysisPhase.Pending : rule.Strict ? AnalysisPhase.Inconclusive : AnalysisPhase.Successful;
        }

        if (!last.IsOver())
        {
            return AnalysisPhase.Running;
        }

        var failures = rule.FailureLimit >= 0;
        if (counts.ConsecutiveErrors > rule.ErrorLimit)
        {
            return AnalysisPhase.Error;
        }

        if (counts.Inconclusive > rule.InconclusiveLimit)
        {
            return AnalysisPhase.Inconclusive;
        }

        if (failures && counts.Failed > rule.FailureLimit)
        {
            return AnalysisPhase.Failed;
        }

        if (rule.SuccessLimit > 0 && counts.ConsecutiveSuccesses >= rule.SuccessLimit)
        {
            return AnalysisPhase.Successful;
        }

        if (rule.EffectiveCount is { } count && counts.Count >= count)
        {
            return rule.SuccessLimit <= 0 ? Passed(rule, counts) : failures ? AnalysisPhase.Inconclusive : AnalysisPhase.Failed;
        }

        return ending ? Passed(rule, counts) : AnalysisPhase.Running;
    }

    private static AnalysisPhase Passed(AnalysisRule rule, AnalysisCounts counts) =>
        rule.Strict && counts.Successful == 0 ? AnalysisPhase.Inconclusive : AnalysisPhase.Successful;
}
