using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Web.Api;

/// <summary>Turns what goes wrong before or beside an endpoint into problem details: bad JSON, too large bodies, unknown paths, bugs. Never a stack trace.</summary>
internal sealed class ApiErrors : IExceptionHandler
{
    public static readonly string TooLargeCode = "api.body-too-large";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var result = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(null),
            BadHttpRequestException { InnerException: JsonException json } => Problems.Invalid("api.json", Explain(json), "Send JSON as in /api/v1/openapi.json."),
            BadHttpRequestException bad => Problems.From(new(RejectionKind.Invalid, "api.request", "The request was refused.", bad.Message, "See /api/v1/openapi.json."), bad.StatusCode),
            _ when IsProgram(httpContext) => Problems.From(
                new Rejection(RejectionKind.Unavailable, "console.bug", "The request failed.", "The console met an error of its own; it is in its log.", "Try again; if it stays, report it with the trace id.").With("trace", httpContext.TraceIdentifier),
                StatusCodes.Status500InternalServerError),
            _ => null,
        };
        if (result is null)
        {
            return false;
        }

        await result.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Statuses that something below set without a body.</summary>
    public static Task WithoutBodyAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (!IsProgram(http))
        {
            return Task.CompletedTask;
        }

        var result = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.NoSuchPath(http),
            StatusCodes.Status413PayloadTooLarge => TooLarge(null),
            StatusCodes.Status405MethodNotAllowed => Status(http, "api.method", $"{http.Request.Path} does not take {http.Request.Method}."),
            StatusCodes.Status415UnsupportedMediaType => Status(http, "api.content-type", $"The body's type is '{http.Request.ContentType}'."),
            _ => Status(http, "api.request", "The request could not be read."),
        };
        return result.ExecuteAsync(http);
    }

    public static IResult TooLarge(long? limit) =>
        Problems.From(
            new(RejectionKind.Invalid, TooLargeCode, "The request was refused.", limit is null ? "Its body is larger than this path takes." : $"Its body is larger than the {limit} bytes this path takes.", "Send less; fleet files may have up to 64 MB, pipeline files 256 KB, all else 1 MB."),
            StatusCodes.Status413PayloadTooLarge);

    private static IResult Status(HttpContext http, string code, string why) =>
        Problems.From(new(RejectionKind.Invalid, code, "The request was refused.", why, "See /api/v1/openapi.json."), http.Response.StatusCode);

    private static bool IsProgram(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/hubs");

    private static string Explain(JsonException json)
    {
        var where = json.Path is null or "$" ? "the body" : $"the field {json.Path.TrimStart('$', '.')}";
        var line = json.LineNumber is { } number ? $" (line {number + 1})" : "";
        return $"In {where}{line}: {Plain(json.Message.Split(" Path: ")[0])}";
    }

    /// <summary>The reader's messages name types of ours, which say nothing to whoever sent the JSON.</summary>
    private static string Plain(string message) =>
        message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? "there is no such field."
        : message.Contains("missing required properties including: ", StringComparison.Ordinal) ? $"missing: {message.Split("including: ")[1]}"
        : message.Contains("could not be converted to", StringComparison.Ordinal) ? "the value is not of the right kind."
        : message.Contains("doesn't allow null", StringComparison.Ordinal) || message.Contains("does not allow null", StringComparison.Ordinal) ? "it must not be null."
        : message;
}
