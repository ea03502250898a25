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
        api.MapPost("/otlp/v1/metrics", OtlpApi.TakeAsync).RequestSizeLimit(MetricIngest.MostBytes).WithTags("metrics").WithSummary("Takes metrics as OTLP/HTTP sends them, in JSON or in protobuf, also packed by gzip.").Accepts<JsonElement>("application/json", OtlpApi.Protobuf).WithMetadata(new OtlpApi.Refusals());
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

    /// <summary>Whoever hands in needs the permission where the streams lie.</summary>
    internal static IResult? Forbidden(HttpContext http, IEnumerable<MetricPoint> points) =>
        points.Select(point => point.Stream.Region is { } region ? Scope.OfRegion(region, point.Stream.Partition) : point.Stream.Partition is { } partition ? Scope.OfPartition(partition) : Scope.Global)
            .Distinct().Select(scope => Permissions.Check(http.Actor(), Permission.HandInMetrics, scope)).FirstOrDefault(refused => refused is not null) is { } forbidden ? Problems.From(forbidden) : null;

    /// <param name="At">When it was observed; now where it is left out.</param>
    /// <param name="Count">How many observations of this value.</param>
    public sealed record PointBody(string Stream, double Value, DateTimeOffset? At = null, int Count = 1);

    public sealed record PointsBody(PointBody[] Points);

    public sealed record MetricsAnswer(ImmutableArray<string> Metrics, StoreFigures Store);
}
