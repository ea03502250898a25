using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Alarms.Rules;

public enum StatisticKind
{
    Average,
    Sum,
    Minimum,
    Maximum,
    SampleCount,
    Percentile,
}

/// <summary>How one period's observations become one number, written <c>average</c>, <c>sum</c>, <c>minimum</c>, <c>maximum</c>, <c>samples</c> or <c>p99.9</c>.</summary>
/// <param name="Percent">Of a percentile, above 0 and below 100; else 0.</param>
[JsonConverter(typeof(StatisticJson))]
public readonly record struct Statistic(StatisticKind Kind, double Percent = 0)
{
    public static Statistic Average { get; } = new(StatisticKind.Average);

    public static Statistic Sum { get; } = new(StatisticKind.Sum);

    public static Statistic Minimum { get; } = new(StatisticKind.Minimum);

    public static Statistic Maximum { get; } = new(StatisticKind.Maximum);

    public static Statistic Samples { get; } = new(StatisticKind.SampleCount);

    /// <summary>How many observations a period needs at least, unless the alarm says otherwise: a percentile of fewer says little.</summary>
    public long LeastSamples =>
        Kind != StatisticKind.Percentile ? 1
        : Percent >= 50 ? (long)Math.Ceiling(Math.Round(1000 / (100 - Percent), 6))
        : (long)Math.Ceiling(Math.Round(1000 / Percent, 6));

    public static Statistic Percentile(double percent) => new(StatisticKind.Percentile, percent);

    public override string ToString() =>
        Kind switch
        {
            StatisticKind.Average => "average",
            StatisticKind.Sum => "sum",
            StatisticKind.Minimum => "minimum",
            StatisticKind.Maximum => "maximum",
            StatisticKind.SampleCount => "samples",
            _ => string.Create(CultureInfo.InvariantCulture, $"p{Percent}"),
        };

    /// <summary>Null where it is none.</summary>
    public static Statistic? Parse(string text) =>
        text switch
        {
            "average" => Average,
            "sum" => Sum,
            "minimum" => Minimum,
            "maximum" => Maximum,
            "samples" => Samples,
            ['p', .. var percent] when double.TryParse(percent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100 => Percentile(number),
            _ => null,
        };
}

/// <summary>A statistic is written as its word.</summary>
internal sealed class StatisticJson : JsonConverter<Statistic>
{
    public override Statistic Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Statistic.Parse(reader.GetString() ?? "") ?? throw new JsonException("a statistic is one of average, sum, minimum, maximum, samples, p50, p99, p99.9 and the like");

    public override void Write(Utf8JsonWriter writer, Statistic value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
