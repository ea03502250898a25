namespace OpsConsole.Domain.Alarms.Judge.Kayenta;

/// <summary>Our words for Kayenta's labels: no data is Missing, whatever else Kayenta makes of it (law 8).</summary>
internal static class KayentaMode
{
    public static MetricJudgement Judge(CanaryMetric metric)
    {
        if (metric.Failure is { } failure)
        {
            return new(metric.Name, Verdict.Error, failure);
        }

        var rule = metric.Rule;
        if (MetricPoints.Of(metric).Lacking is { } lacking)
        {
            return new(metric.Name, Verdict.Missing, lacking);
        }

        var classified = KayentaClassifier.Classify(
            new() { Direction = rule.Harm, Nan = rule.Points, RemoveOutliers = rule.DropOutliers, AllowedIncrease = 1 + rule.Floor, AllowedDecrease = 1 - rule.Floor },
            metric.Candidate.AsSpan(),
            metric.Baseline.AsSpan());
        var verdict = classified.Label switch
        {
            KayentaLabel.Pass => Verdict.Ok,
            KayentaLabel.High or KayentaLabel.Low => Verdict.Bad,
            KayentaLabel.Error => Verdict.Error,
            _ => Verdict.Missing,
        };
        var measured = MetricJudge.Measure(metric);
        var figures = measured.Compared is { } compared ? $": {JudgeWords.Figures(compared)}" : "";
        return measured with { Verdict = verdict, Reason = $"Kayenta's judge says {classified.Label}{figures}" };
    }
}
