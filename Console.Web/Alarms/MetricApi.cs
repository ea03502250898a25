using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Ingest;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Alarms;

/// <summary>Metrics over HTTP: handing numbers in, as JSON of our own or as OTLP, and reading them.</summary>
internal static class MetricApi
{
    private const int MostStreams = 1_000;

    public static void MapMetrics(this IEndpointRouteBuilder api)
    {
        var metrics = api.MapGroup("/metrics").WithTags("metrics");
        metrics.MapGet("", (HttpContext http, MetricStore store) => http.Needing(Permission.View, () => Results.Ok(new MetricsAnswer(store.MetricNames, store.Figures)))).WithSummary("Names of all metrics, and how full the store is.");
        metrics.MapGet("/streams", (string? metric, HttpContext http, MetricStore store) =>
            http.Needing(Permission.View, () => Results.Ok(store.Streams(metric).Select(stream => stream.ToString()).Order(StringComparer.Ordinal).Take(MostStreams)))).WithSummary("Streams, the first thousand by name.");
        metrics.MapGet("/query", ([AsParameters] SeriesQuery query, HttpContext http, SeriesReader reader) =>
            http.Needing(Permission.View, () => reader.Read(query, out var wrong) is { } answer ? Results.Ok(answer) : Problems.Invalid("metrics.query", $"{wrong}.", "Correct it and ask again."))).WithSummary("One line, or one for each value of a dimension.").Produces<SeriesAnswer>();
        metrics.MapPost("", (PointsBody body, HttpContext http, MetricIngest ingest, TimeProvider clock) => Take(http, ingest, body, clock.GetUtcNow())).RequestSizeLimit(MetricIngest.MostBytes).WithSummary("Takes numbers of streams.").Produces<IngestResult>();
        api.MapPost("/otlp/v1/metrics", OtlpAsync).RequestSizeLimit(MetricIngest.MostBytes).WithTags("metrics").WithSummary("Takes metrics as OTLP/HTTP sends them in JSON.").Accepts<JsonElement>("application/json");
    }

    private static IResult Take(HttpContext http, MetricIngest ingest, PointsBody body, DateTimeOffset now)
    {
        if (body.Points.Length is 0 or > MetricIngest.MostPoints)
        {
            return Problems.Invalid("metrics.points", $"It holds {body.Points.Length} points.", $"Send 1 to {MetricIngest.MostPoints} at once.");
        }

        var points = new List<MetricPoint>(body.Points.Length);
        foreach (var (point, i) in body.Points.Select((point, i) => (point, i)))
        {
            if (StreamText.Parse(point.Stream, out var wrong) is not { } stream)
            {
                return Problems.Invalid("metrics.stream", $"points[{i}].stream: {wrong}.", "Correct it and send all again: nothing was taken.");
            }

            if (!double.IsFinite(point.Value) || point.Count is < 1 or > 1_000_000)
            {
                return Problems.Invalid("metrics.value", $"points[{i}] is not a finite number with a count of 1 to 1,000,000.", "Correct it and send all again: nothing was taken.");
            }

            points.Add(new(stream, point.Value, point.At ?? now, point.Count));
        }

        return Forbidden(http, points) ?? Results.Ok(ingest.Take(points, []));
    }

    private static async Task<IResult> OtlpAsync(HttpContext http, MetricIngest ingest, TimeProvider clock)
    {
        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problems.From(new(Domain.Journal.RejectionKind.Invalid, "metrics.otlp-json", "The metrics were not taken.", $"They came as '{http.Request.ContentType}'; only OTLP's JSON is read.", "Set the exporter's protocol to http/json, or send through a collector that does."), StatusCodes.Status415UnsupportedMediaType);
        }

        var reader = new OtlpMetrics(ingest.Totals, clock.GetUtcNow());
        try
        {
            using var message = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = 32 }, http.RequestAborted);
            reader.Read(message.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return Problems.Invalid("metrics.otlp", $"It is no OTLP message in JSON: {e.Message}", "Correct it and send it again: nothing was taken.");
        }

        if (Forbidden(http, reader.Points) is { } refused)
        {
            return refused;
        }

        var taken = ingest.Take(reader.Points, reader.Skipped);
        var rejected = taken.Dropped + taken.Skipped.Length;
        return Results.Ok(rejected == 0 ? new OtlpAnswer(null) : new OtlpAnswer(new(rejected.ToString(System.Globalization.CultureInfo.InvariantCulture), taken.Skipped.Length > 0 ? string.Join("; ", taken.Skipped) : "too old, ahead of time, not finite, or no room; see /api/v1/metrics")));
    }

    /// <summary>Whoever hands in needs the permission where the streams lie.</summary>
    private static IResult? Forbidden(HttpContext http, IEnumerable<MetricPoint> points) =>
        points.Select(point => point.Stream.Region is { } region ? Scope.OfRegion(region, point.Stream.Partition) : point.Stream.Partition is { } partition ? Scope.OfPartition(partition) : Scope.Global)
            .Distinct().Select(scope => Permissions.Check(http.Actor(), Permission.HandInMetrics, scope)).FirstOrDefault(refused => refused is not null) is { } forbidden ? Problems.From(forbidden) : null;

    /// <param name="At">When it was observed; now where it is left out.</param>
    /// <param name="Count">How many observations of this value.</param>
    public sealed record PointBody(string Stream, double Value, DateTimeOffset? At = null, int Count = 1);

    public sealed record PointsBody(PointBody[] Points);

    public sealed record MetricsAnswer(ImmutableArray<string> Metrics, StoreFigures Store);

    public sealed record OtlpAnswer(OtlpPartial? PartialSuccess);

    public sealed record OtlpPartial(string RejectedDataPoints, string ErrorMessage);
}
