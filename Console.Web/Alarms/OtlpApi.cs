using System.IO.Compression;
using System.Text.Json;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Ingest;
using OpsConsole.Engine.Alarms.Ingest.Wire;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Alarms;

/// <summary>Takes metrics as OTLP/HTTP sends them: in JSON or in protobuf, packed by gzip or not. Protobuf is answered in protobuf, as the protocol asks.</summary>
internal static class OtlpApi
{
    public const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private const string NotTaken = "The metrics were not taken.";

    public static async Task<IResult> TakeAsync(HttpContext http, MetricIngest ingest, TimeProvider clock)
    {
        var kind = KindOf(http.Request);
        if (kind is not (Json or Protobuf))
        {
            return Problems.From(new(RejectionKind.Invalid, "metrics.otlp-kind", NotTaken, $"They came as '{http.Request.ContentType}'; OTLP's JSON and protobuf are read.", "Set the exporter's protocol to http/protobuf or http/json."), StatusCodes.Status415UnsupportedMediaType);
        }

        var packed = http.Request.Headers.ContentEncoding.ToString();
        if (packed is not ("" or "identity" or "gzip"))
        {
            return Problems.From(new(RejectionKind.Invalid, "metrics.otlp-packed", NotTaken, $"They are packed by '{packed}'; only gzip is unpacked.", "Set the exporter's compression to gzip or none."), StatusCodes.Status415UnsupportedMediaType);
        }

        var reader = new OtlpMetrics(ingest.Totals, clock.GetUtcNow());
        try
        {
            var body = await BodyAsync(http, packed == "gzip");
            using var message = kind == Protobuf ? OtlpWire.Read(body.Span) : JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            reader.Read(message.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or InvalidDataException)
        {
            return Problems.Invalid("metrics.otlp", $"It is no OTLP message in {(kind == Protobuf ? "protobuf" : "JSON")}: {e.Message}", "Correct it and send it again: nothing was taken.");
        }

        return MetricApi.Forbidden(http, reader.Points) ?? Answer(ingest.Take(reader.Points, reader.Skipped), kind == Protobuf);
    }

    internal static string? KindOf(HttpRequest request) => request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();

    private static IResult Answer(IngestResult taken, bool wire)
    {
        var rejected = taken.Dropped + taken.Skipped.Length;
        var why = taken.Skipped.Length > 0 ? string.Join("; ", taken.Skipped) : "too old, ahead of time, not finite, or no room; see /api/v1/metrics";
        return wire ? new WireAnswer(OtlpReplies.Taken(rejected, why), StatusCodes.Status200OK)
            : Results.Ok(rejected == 0 ? new OtlpAnswer(null) : new OtlpAnswer(new(rejected.ToString(System.Globalization.CultureInfo.InvariantCulture), why)));
    }

    /// <summary>All of it, unpacked; never more than a request may hold.</summary>
    /// <exception cref="FormatException">It is larger, once unpacked.</exception>
    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext http, bool packed)
    {
        await using var unpacked = packed ? new GZipStream(http.Request.Body, CompressionMode.Decompress, leaveOpen: true) : null;
        var from = unpacked ?? http.Request.Body;
        using var all = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(part, http.RequestAborted)) > 0;)
        {
            if (all.Length + read > MetricIngest.MostBytes)
            {
                throw new FormatException($"it is larger than {MetricIngest.MostBytes >> 20} MiB unpacked; send less at once");
            }

            all.Write(part, 0, read);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    /// <summary>Refusals of requests in protobuf, whoever makes them: OTLP's <c>Status</c> with gRPC's code and what problem details would say.</summary>
    internal sealed class Refusals : IProblemWriter
    {
        public bool Writes(HttpRequest request) => KindOf(request) == Protobuf;

        public Task WriteAsync(HttpContext http, Rejection rejection, int status) =>
            new WireAnswer(OtlpReplies.Refused(status, $"{rejection.What} {rejection.Why} {rejection.Do} ({rejection.Code})"), status).ExecuteAsync(http);
    }

    private sealed class WireAnswer(byte[] body, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = Protobuf;
            httpContext.Response.ContentLength = body.Length;
            return httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }

    public sealed record OtlpAnswer(OtlpPartial? PartialSuccess);

    public sealed record OtlpPartial(string RejectedDataPoints, string ErrorMessage);
}
