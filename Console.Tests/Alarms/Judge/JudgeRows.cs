using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Tests.Alarms.Judge;

/// <summary>How the fixtures write samples and settings.</summary>
internal static class JudgeRows
{
    public static JsonElement Row(string text) => JsonDocument.Parse(text).RootElement;

    public static TheoryData<string> All(JsonElement list) => [.. list.EnumerateArray().Select(row => row.GetRawText())];

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    /// <summary>JSON has no NaN: it is written as a text.</summary>
    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();

    public static double? OptionalNumber(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Number(value) : null;

    public static bool Flag(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static string? Word(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static Harm Direction(JsonElement row) => Enum.Parse<Harm>(Word(row, "direction") ?? "either", ignoreCase: true);

    public static MissingPoints Nan(JsonElement row) => Word(row, "nan_strategy") == "replace" ? MissingPoints.Zero : MissingPoints.Drop;

    public static CanaryMetric Metric(double[] candidate, double[] baseline, CanaryRule? rule = null) => new("m", rule ?? new(), [.. candidate], [.. baseline]);

    /// <summary>Normal values from a seed.</summary>
    public static double[] Normal(Random random, int count, double mean, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
}
