using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Alarms;

namespace OpsConsole.Domain.Rollouts;

/// <summary>A window in figures, small enough to be journaled with every window: what a replay judges anew. Values of single hosts are not in it.</summary>
/// <param name="Seen">At most <see cref="Most"/>, by the readings' order.</param>
/// <param name="Whole">The same since the bake began; empty where no gate asked for it.</param>
public sealed record WindowFigures([property: JsonPropertyName("s")] ImmutableArray<Figure> Seen, [property: JsonPropertyName("w")] ImmutableArray<Figure> Whole)
{
    public const int Most = 16;

    public static WindowFigures Of(HealthWindow window) => new(Of(window.Readings), window.Whole is { } whole ? Of(whole.Readings) : []);

    /// <summary>As the judge reads it.</summary>
    /// <param name="bakeSince">Where the whole begins.</param>
    public HealthWindow Window(DateTimeOffset from, DateTimeOffset to, DateTimeOffset bakeSince) =>
        new(from, to, [.. Seen.Select(figure => figure.Reading)]) { Whole = Whole.IsDefaultOrEmpty ? null : new(bakeSince, to, [.. Whole.Select(figure => figure.Reading)]) };

    private static ImmutableArray<Figure> Of(ImmutableArray<Reading> readings) => [.. readings.Take(Most).Select(Figure.Of)];
}

/// <summary>One reading in figures; on disk under names of one letter, because there are very many.</summary>
/// <param name="Failure">At most 100 characters; null where the source answered.</param>
public sealed record Figure(
    [property: JsonPropertyName("m")] string Metric,
    [property: JsonPropertyName("v")] double? Value,
    [property: JsonPropertyName("n")] long Samples,
    [property: JsonPropertyName("b")] double? Baseline,
    [property: JsonPropertyName("k")] long BaselineSamples,
    [property: JsonPropertyName("f")] string? Failure)
{
    private const int LongestFailure = 100;

    [JsonIgnore]
    public Reading Reading => new(Metric, "journal", Value, Samples) { Baseline = Baseline, BaselineSamples = BaselineSamples, Failure = Failure };

    /// <summary>What is no number is none.</summary>
    public static Figure Of(Reading reading) =>
        new(reading.Metric, GateBounds.Usable(reading.Value), reading.Samples, GateBounds.Usable(reading.Baseline), reading.BaselineSamples, reading.Failure is { Length: > LongestFailure } text ? text[..LongestFailure] : reading.Failure);
}
