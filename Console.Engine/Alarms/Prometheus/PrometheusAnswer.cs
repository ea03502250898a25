using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Engine.Alarms.Prometheus;

/// <summary>What a query gave.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Points">Finite values only, oldest first.</param>
public sealed record PrometheusAnswer(DateTimeOffset At, ImmutableArray<(DateTimeOffset At, double Value)> Points)
{
    /// <summary>Why there is no number that could be relied on: nothing came, a part only, or the source was not there. Missing.</summary>
    public string? Lacks { get; init; }

    /// <summary>Why the question itself cannot be answered. An error.</summary>
    public string? Failure { get; init; }

    public static PrometheusAnswer Missing(DateTimeOffset at, string why) => new(at, []) { Lacks = why };

    public static PrometheusAnswer Failed(DateTimeOffset at, string why) => new(at, []) { Failure = why };

    /// <summary>Reads the answer to a range query. Several series, partial data and anything but numbers are no value, never 0.</summary>
    public static PrometheusAnswer Read(JsonElement answer, DateTimeOffset at)
    {
        if (Text(answer, "status") != "success")
        {
            return Failed(at, $"it refused the query: {Clip(Text(answer, "error") ?? "it did not say why")}");
        }

        if (answer.TryGetProperty("warnings", out var warnings) && warnings.ValueKind == JsonValueKind.Array && warnings.GetArrayLength() > 0)
        {
            return Missing(at, $"it answered in part only: {Clip(warnings[0].ToString())}");
        }

        if (!answer.TryGetProperty("data", out var data) || Text(data, "resultType") != "matrix" || !data.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Array)
        {
            return Failed(at, "it answered a range query with something else than a matrix");
        }

        return result.GetArrayLength() switch
        {
            0 => Missing(at, "nothing matches the query"),
            1 => OfSeries(result[0], at),
            var many => Failed(at, $"the query gives {many} series; make one of them with sum, max or avg"),
        };
    }

    private static PrometheusAnswer OfSeries(JsonElement series, DateTimeOffset at)
    {
        var points = ImmutableArray.CreateBuilder<(DateTimeOffset, double)>();
        foreach (var point in series.TryGetProperty("values", out var values) ? values.EnumerateArray() : default)
        {
            if (point.ValueKind == JsonValueKind.Array && point.GetArrayLength() == 2 && point[0].TryGetDouble(out var seconds) && point[1].ValueKind == JsonValueKind.String
                && double.TryParse(point[1].GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            {
                points.Add((DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1_000)), value));
            }
        }

        return points.Count == 0 ? Missing(at, "the query gives no finite number (NaN or infinity)") : new(at, points.ToImmutable());
    }

    private static string? Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Clip(string text) => text.Length <= 200 ? text : $"{text[..200]}…";
}
