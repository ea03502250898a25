using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Alarms;

/// <summary>One metric over one window, candidate beside baseline, before any judgement.</summary>
/// <param name="Metric">Its name, one of <see cref="Metrics"/> or the operator's own.</param>
/// <param name="Source">Where it was seen: <c>router</c>, <c>host</c>, <c>probe</c>, <c>simulated</c>.</param>
/// <param name="Value">The candidate's value in the metric's unit; null where there is none.</param>
/// <param name="Samples">How many observations the value rests on.</param>
public sealed record Reading(string Metric, string Source, double? Value, long Samples)
{
    /// <summary>The same metric of hosts without the candidate release, in the same window; null where there is none.</summary>
    public double? Baseline { get; init; }

    public long BaselineSamples { get; init; }

    /// <summary>The host that shows it most, where one stands out.</summary>
    public string? Host { get; init; }

    /// <summary>What was seen, in words: the request, what was expected, what came.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// The value of each candidate in each slice of the window (<see cref="Judge.SeriesSlices"/>), in any order; NaN where it gave none. Only where a canary
    /// gate asks; seen, judged and forgotten, never journaled.
    /// </summary>
    [JsonIgnore]
    public ImmutableArray<double> Series { get; init; } = [];

    /// <summary>The same of the baseline's hosts.</summary>
    [JsonIgnore]
    public ImmutableArray<double> BaselineSeries { get; init; } = [];

    /// <summary>Set where the source failed: the reading is then an error, never a number.</summary>
    public string? Failure { get; init; }
}
