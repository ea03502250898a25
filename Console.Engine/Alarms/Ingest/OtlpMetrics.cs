using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Ingest;

/// <summary>
/// Reads metrics as OTLP/HTTP sends them in JSON: gauges, sums and histograms with explicit bounds. Throws <see cref="FormatException"/> for what is no such
/// message; kinds that cannot be taken (exponential histograms, summaries) are skipped and named.
/// </summary>
public sealed class OtlpMetrics(CumulativeTotals totals, DateTimeOffset now)
{
    private readonly List<MetricPoint> _points = [];
    private readonly SortedSet<string> _skipped = new(StringComparer.Ordinal);

    public IReadOnlyList<MetricPoint> Points => _points;

    public ImmutableArray<string> Skipped => [.. _skipped.Take(20)];

    public void Read(JsonElement message)
    {
        foreach (var resource in List(message, "resourceMetrics", required: true))
        {
            var own = OtlpAttributes.Of(resource.ValueKind == JsonValueKind.Object && resource.TryGetProperty("resource", out var described) ? described : default);
            foreach (var metric in List(resource, "scopeMetrics").SelectMany(scope => List(scope, "metrics")))
            {
                Metric(metric, own);
            }
        }
    }

    private void Metric(JsonElement metric, OtlpAttributes own)
    {
        var sent = Text(metric, "name") ?? throw new FormatException("a metric has no name");
        var (name, factor) = OtlpNames.Of(sent, Text(metric, "unit") ?? "");
        foreach (var kind in metric.EnumerateObject())
        {
            switch (kind.Name)
            {
                case "gauge":
                    Each(kind.Value, own, name, (stream, point) => Add(stream, Number(point) * factor, At(point), 1));
                    break;
                case "sum":
                    var cumulative = IsCumulative(kind.Value);
                    Each(kind.Value, own, name, (stream, point) => Sum(stream, point, factor, cumulative));
                    break;
                case "histogram":
                    var running = IsCumulative(kind.Value);
                    Each(kind.Value, own, name, (stream, point) => Histogram(stream, point, factor, running));
                    break;
                case "exponentialHistogram" or "summary":
                    _skipped.Add($"{sent}: {kind.Name} is not taken; send a histogram with explicit bounds");
                    break;
                default:
                    break;
            }
        }
    }

    private void Each(JsonElement kind, OtlpAttributes own, string name, Action<MetricStream, JsonElement> take)
    {
        foreach (var point in List(kind, "dataPoints"))
        {
            var stream = own.With(point).Stream(name);
            if (StreamText.Wrong(stream) is { } wrong)
            {
                _skipped.Add(wrong);
            }
            else
            {
                take(stream, point);
            }
        }
    }

    private void Sum(MetricStream stream, JsonElement point, double factor, bool cumulative)
    {
        var value = Number(point) * factor;
        if ((cumulative ? totals.Rise(stream, 0, Whole(point, "startTimeUnixNano"), value) : value) is { } rise)
        {
            Add(stream, rise, At(point), 1);
        }
    }

    /// <summary>Each bucket's observations are taken at its middle; the open ones at their bound.</summary>
    private void Histogram(MetricStream stream, JsonElement point, double factor, bool cumulative)
    {
        double[] bounds = [.. List(point, "explicitBounds").Select(Parse)];
        double[] counts = [.. List(point, "bucketCounts").Select(Parse)];
        if (counts.Length != bounds.Length + 1)
        {
            _skipped.Add($"{stream.Metric}: its histogram has {counts.Length} counts for {bounds.Length} bounds");
            return;
        }

        for (var i = 0; i < counts.Length; i++)
        {
            var count = cumulative ? totals.Rise(stream, i, Whole(point, "startTimeUnixNano"), counts[i]) ?? 0 : counts[i];
            if (count >= 1 && bounds.Length > 0)
            {
                var middle = i == 0 ? bounds[0] / 2 : i == bounds.Length ? bounds[^1] : (bounds[i - 1] + bounds[i]) / 2;
                Add(stream, middle * factor, At(point), (int)Math.Min(int.MaxValue, count));
            }
        }
    }

    private void Add(MetricStream stream, double value, DateTimeOffset at, int count)
    {
        if (_points.Count >= MetricIngest.MostPoints)
        {
            throw new FormatException($"it holds more than {MetricIngest.MostPoints} points; send fewer at once");
        }

        _points.Add(new(stream, value, at, count));
    }

    private static bool IsCumulative(JsonElement kind) =>
        kind.TryGetProperty("aggregationTemporality", out var sent)
        && (sent.ValueKind == JsonValueKind.Number ? sent.TryGetInt32(out var number) && number == 2 : sent.GetString() == "AGGREGATION_TEMPORALITY_CUMULATIVE");

    private static double Number(JsonElement point) => point.TryGetProperty("asDouble", out var real) ? Parse(real) : point.TryGetProperty("asInt", out var whole) ? Parse(whole) : double.NaN;

    private DateTimeOffset At(JsonElement point) => Whole(point, "timeUnixNano") is var nano and > 0 ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Min(nano / 100, (ulong)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks)) : now;

    /// <summary>64-bit numbers are written as text in this JSON.</summary>
    private static ulong Whole(JsonElement point, string name) =>
        !point.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.String ? ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0
        : value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) ? number : 0;

    private static double Parse(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : double.NaN;

    internal static string? Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static IEnumerable<JsonElement> List(JsonElement element, string name, bool required = false)
    {
        var there = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : default;
        return there.ValueKind == JsonValueKind.Array ? there.EnumerateArray() : there.ValueKind == JsonValueKind.Undefined && !required ? [] : throw new FormatException($"'{name}' must be a list");
    }
}
