namespace OpsConsole.Domain.Alarms.Judge.Kayenta;

public enum KayentaOutcome
{
    Fail,
    Marginal,
    Pass,
}

/// <summary>What a score means.</summary>
public static class KayentaThresholds
{
    public static KayentaOutcome Classify(double score, double pass, double marginal) =>
        score >= pass ? KayentaOutcome.Pass : score >= marginal ? KayentaOutcome.Marginal : KayentaOutcome.Fail;

    /// <summary>Over several judgements the last score alone decides; a score equal to the marginal threshold fails here.</summary>
    public static bool Succeeds(double lastScore, double? pass, double? marginal) =>
        (marginal is null || lastScore > marginal) && (pass is null || lastScore >= pass);
}
