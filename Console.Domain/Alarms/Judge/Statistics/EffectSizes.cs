namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>How large a difference is, whatever the unit.</summary>
public static class EffectSizes
{
    /// <summary>The experiment's mean over the control's; NaN where either is 0.</summary>
    public static double MeanRatio(ReadOnlySpan<double> experiment, ReadOnlySpan<double> control)
    {
        var (over, under) = (Descriptive.Mean(experiment), Descriptive.Mean(control));
        return over == 0 || under == 0 ? double.NaN : over / under;
    }

    /// <summary>Distance of the means in pooled standard deviations, without sign.</summary>
    public static double CohenD(ReadOnlySpan<double> experiment, ReadOnlySpan<double> control)
    {
        var pooled = Math.Sqrt((Descriptive.Squares(experiment) + Descriptive.Squares(control)) / (experiment.Length + control.Length - 2));
        return Math.Abs(Descriptive.Mean(experiment) - Descriptive.Mean(control)) / pooled;
    }

    /// <summary>Common-language effect size: the chance that a value of the experiment exceeds one of the control, ties half. 0.5 is no effect.</summary>
    public static double CommonLanguage(ReadOnlySpan<double> experiment, ReadOnlySpan<double> control)
    {
        var m = experiment.Length;
        return ((2 * Ranking.Of(experiment, control).FirstSum) - (m * (m + 1.0))) / (2.0 * m * control.Length);
    }

    /// <summary>Cliff's delta: −1 where every value of the first lies below the second's, 1 where every one lies above.</summary>
    public static double Cliff(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => (2 * CommonLanguage(first, second)) - 1;
}
