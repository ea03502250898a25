using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Alarms.Judge.Kayenta;

/// <summary>Classifies one metric as Kayenta's NetflixACAJudge does, its traps included.</summary>
public static class KayentaClassifier
{
    /// <summary>Standard deviation, as a share of the value, of the noise that tells two constant samples apart.</summary>
    private const double Noise = 1e-5;

    public static KayentaClassification Classify(KayentaMetric metric, ReadOnlySpan<double> experiment, ReadOnlySpan<double> control)
    {
        var (one, other) = (Clean(metric, experiment), Clean(metric, control));
        if (WithoutData(metric, one, other) is { } missing)
        {
            return missing;
        }

        if (one.Order().SequenceEqual(other.Order()))
        {
            return new(KayentaLabel.Pass, false, 1, "the experiment's and the control's data are the same");
        }

        return one.Concat(other).Distinct().Count() == 1 ? new(KayentaLabel.Pass, false, 1, null) : Compare(metric, one, other);
    }

    /// <summary>The benchmark classifier: the greater mean is High, however little greater.</summary>
    public static KayentaClassification ClassifyByMeans(KayentaMetric metric, ReadOnlySpan<double> experiment, ReadOnlySpan<double> control)
    {
        var (one, other) = (Clean(metric, experiment), Clean(metric, control));
        if (WithoutData(metric, one, other) is { } missing)
        {
            return missing;
        }

        var (mean, before) = (Descriptive.Mean(one), Descriptive.Mean(other));
        var label = metric.Direction != Harm.Decrease && mean > before ? KayentaLabel.High
            : metric.Direction != Harm.Increase && mean < before ? KayentaLabel.Low
            : KayentaLabel.Pass;
        return new(label, label != KayentaLabel.Pass && metric.Critical, mean / before, label == KayentaLabel.Pass ? null : "the means differ");
    }

    private static KayentaClassification Compare(KayentaMetric metric, double[] experiment, double[] control)
    {
        if (experiment.Distinct().Count() == 1 && control.Distinct().Count() == 1)
        {
            (experiment, control) = (WithNoise(experiment), WithNoise(control));
        }

        if (ShiftInterval.Of(experiment, control, metric.Confidence) is not { } interval)
        {
            return new(KayentaLabel.Error, false, 1, "all observations tie at some shift");
        }

        var effect = metric.Effect == KayentaEffect.Cles ? EffectSizes.CommonLanguage(experiment, control) : EffectSizes.MeanRatio(experiment, control);
        var bound = metric.Tolerance * Math.Abs(interval.Estimate);
        var label = metric.Direction != Harm.Decrease && interval.Low > bound && AtLeast(effect, metric.AllowedIncrease ?? metric.NoEffect) ? KayentaLabel.High
            : metric.Direction != Harm.Increase && interval.High < -bound && AtMost(effect, metric.AllowedDecrease ?? metric.NoEffect) ? KayentaLabel.Low
            : KayentaLabel.Pass;
        var critical = metric.Critical && label switch
        {
            KayentaLabel.High => AtLeast(effect, metric.CriticalIncrease ?? metric.NoEffect),
            KayentaLabel.Low => AtMost(effect, metric.CriticalDecrease ?? metric.NoEffect),
            _ => false,
        };
        return new(label, critical, EffectSizes.MeanRatio(experiment, control), label == KayentaLabel.Pass ? null : $"it is {label}{(critical ? " (critical)" : "")}");
    }

    /// <summary>An effect that cannot be computed stops nothing.</summary>
    private static bool AtLeast(double effect, double limit) => double.IsNaN(effect) || effect >= limit;

    private static bool AtMost(double effect, double limit) => double.IsNaN(effect) || effect <= limit;

    private static KayentaClassification? WithoutData(KayentaMetric metric, double[] experiment, double[] control) =>
        experiment.Length > 0 && control.Length > 0 ? null
        : metric.Nan == MissingPoints.Zero ? new(KayentaLabel.Pass, false, 1, null)
        : metric is { MustHaveData: true, Critical: false } ? new(KayentaLabel.NodataFailMetric, false, 1, "data are missing")
        : new(KayentaLabel.Nodata, metric.Critical, 1, "data are missing");

    private static double[] Clean(KayentaMetric metric, ReadOnlySpan<double> points)
    {
        double[] values = metric.Nan == MissingPoints.Zero
            ? Array.ConvertAll(points.ToArray(), point => double.IsNaN(point) ? 0 : point)
            : [.. points.ToArray().Where(point => !double.IsNaN(point))];
        return metric.RemoveOutliers ? Outliers.Without(values, Outliers.ByQuartiles(values, metric.OutlierFactor, wide: true)) : values;
    }

    /// <summary>Normal, but the same each time: only the label rests on it.</summary>
    private static double[] WithNoise(double[] values) =>
        [.. values.Select((value, i) => value + (value * Noise * Normal.Quantile((i + 0.5) / values.Length)))];
}
