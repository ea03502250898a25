namespace OpsConsole.Domain.Alarms.Judge.Kayenta;

/// <summary>Kayenta's labels of a metric.</summary>
public enum KayentaLabel
{
    Pass,
    High,
    Low,

    /// <summary>No data on a side; leaves the score, but half of all metrics without data make it 0.</summary>
    Nodata,

    /// <summary>No data on a side of a metric that must have some; counts as failed.</summary>
    NodataFailMetric,

    /// <summary>The judging itself failed; leaves the score.</summary>
    Error,
}

public enum KayentaEffect
{
    /// <summary>Experiment mean over control mean.</summary>
    MeanRatio,

    /// <summary>Common-language effect size.</summary>
    Cles,
}

/// <summary>A metric's configuration, with the defaults of NetflixACAJudge.</summary>
public sealed record KayentaMetric
{
    public Harm Direction { get; init; } = Harm.Either;

    /// <summary>Zero is Kayenta's "replace".</summary>
    public MissingPoints Nan { get; init; } = MissingPoints.Drop;

    public bool RemoveOutliers { get; init; }

    public double OutlierFactor { get; init; } = 3;

    public bool Critical { get; init; }

    public bool MustHaveData { get; init; }

    public KayentaEffect Effect { get; init; }

    /// <summary>Effect from which an increase counts; null for no effect of the measure.</summary>
    public double? AllowedIncrease { get; init; }

    public double? AllowedDecrease { get; init; }

    public double? CriticalIncrease { get; init; }

    public double? CriticalDecrease { get; init; }

    /// <summary>Share of the estimated shift (not of the baseline) that the interval must clear.</summary>
    public double Tolerance { get; init; } = 0.25;

    public double Confidence { get; init; } = 0.98;

    /// <summary>The measure's value where nothing differs.</summary>
    public double NoEffect => Effect == KayentaEffect.Cles ? 0.5 : 1;
}

/// <summary>A metric's label.</summary>
/// <param name="Critical">Whether it makes the canary fail by itself.</param>
/// <param name="Deviation">Experiment mean over control mean; 1 where nothing was compared, NaN where a mean is 0.</param>
/// <param name="Reason">Null where it passed without remark.</param>
public sealed record KayentaClassification(KayentaLabel Label, bool Critical, double Deviation, string? Reason);
