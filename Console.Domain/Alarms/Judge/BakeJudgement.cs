using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>How the verdicts on metrics become one on the bake.</summary>
public sealed record BakeRule
{
    /// <summary>Weight of each group in the score; groups without one share what is left of 100, or weigh as much as the mean of the others where nothing is.</summary>
    public ImmutableDictionary<string, double> Weights { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>The score, 0 to 100, from which the bake is good.</summary>
    public double Pass { get; init; } = 100;

    /// <summary>The score below which it is bad. Between the two a person decides.</summary>
    public double Marginal { get; init; } = 100;

    /// <summary>Which look at growing evidence this is.</summary>
    public Look Look { get; init; } = Look.First;
}

/// <summary>What the judge says of a bake.</summary>
/// <param name="Score">0 to 100: the weighted share of judged metrics that are good; null where none was judged.</param>
/// <param name="FalseAlarm">The chance, at most, that a candidate equal to the baseline is called bad at any look by any metric.</param>
public sealed record BakeJudgement(Verdict Verdict, string Reason, double? Score, double FalseAlarm, ImmutableArray<MetricJudgement> Metrics)
{
    /// <summary>Of each group with a judged metric.</summary>
    public ImmutableSortedDictionary<string, double> Groups { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}
