using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>Which way a metric hurts.</summary>
public enum Harm
{
    Increase,
    Decrease,
    Either,
}

/// <summary>What a point without a number is. Neither makes data out of none: each side still needs its least number of real points.</summary>
public enum MissingPoints
{
    /// <summary>Left out.</summary>
    Drop,

    /// <summary>A count of nothing: 0.</summary>
    Zero,
}

/// <summary>When a candidate's metric is worse than the baseline's.</summary>
public sealed record CanaryRule
{
    /// <summary>No verdict stands on fewer points a side, whatever is configured.</summary>
    public const int LeastSamples = 4;

    public Harm Harm { get; init; } = Harm.Either;

    /// <summary>Chance of calling a candidate bad that does not differ from the baseline, above 0 and at most 0.1; over a whole bake, all its metrics and looks together.</summary>
    public double Alpha { get; init; } = 0.005;

    /// <summary>Differences up to this share of the baseline do not matter, 0 and up; 0.05 is 5 %.</summary>
    public double Floor { get; init; } = 0.05;

    /// <summary>Differences up to this do not matter either, in the metric's unit; for baselines near 0, of which any share is nothing.</summary>
    public double Least { get; init; }

    /// <summary>Where set, good only once the interval rules out harm beyond this share of the baseline; until then there is too little evidence.</summary>
    public double? Within { get; init; }

    /// <summary>Points a side below which nothing is said; <see cref="LeastSamples"/> and up.</summary>
    public int MinSamples { get; init; } = LeastSamples;

    public MissingPoints Points { get; init; }

    /// <summary>Leaves out values far outside the quartiles (three interquartile ranges, and beyond the 1st and 99th percentile).</summary>
    public bool DropOutliers { get; init; }

    public JudgeMode Mode { get; init; }
}

/// <summary>Whose rules judge.</summary>
public enum JudgeMode
{
    /// <summary>Ours: exact where samples are small, right at any scale.</summary>
    Exact,

    /// <summary>Spinnaker Kayenta's NetflixACAJudge, for comparison with canaries judged there.</summary>
    Kayenta,
}

/// <summary>One metric of a bake.</summary>
/// <param name="Candidate">Points of the hosts that run the release, in any order; NaN where a point has no number.</param>
/// <param name="Baseline">Points of hosts that do not run it, over the same time.</param>
public sealed record CanaryMetric(string Name, CanaryRule Rule, ImmutableArray<double> Candidate, ImmutableArray<double> Baseline)
{
    /// <summary>Set where the source failed to answer: an error, whatever the points say.</summary>
    public string? Failure { get; init; }

    /// <summary>Groups whose scores it counts in; none for a group of all that name none.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Bad makes the whole bake bad, whatever the score.</summary>
    public bool Critical { get; init; }

    /// <summary>Without its verdict there is none on the bake (law 8).</summary>
    public bool Required { get; init; } = true;

    /// <summary>Shown, but neither scored nor counted among the tests.</summary>
    public bool Muted { get; init; }
}
