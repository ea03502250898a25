using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Api;

/// <summary>The answer to an accepted command.</summary>
/// <param name="Stream">The stream that decided.</param>
/// <param name="Version">Its version now; send it as <c>If-Match</c> to act only on what you saw.</param>
public sealed record CommandDone(string Stream, long Version);

/// <summary>Turns a request into a command: actor, reason, <c>Idempotency-Key</c> and <c>If-Match</c> come from the request, the answer goes out as 200 or a problem.</summary>
internal static class CommandEndpoint
{
    public static async Task<IResult> SendCommandAsync(this HttpContext http, ICommand command, string? reason = null, long? expectedVersion = null)
    {
        if (!http.TryRequest(command, reason, expectedVersion, out var request, out var refused))
        {
            return refused;
        }

        var result = await http.RequestServices.GetRequiredService<ICommands>().SendAsync(request, http.RequestAborted);
        return http.Answer(result);
    }

    /// <summary>For endpoints that send through a service of their slice.</summary>
    public static bool TryRequest(this HttpContext http, ICommand command, string? reason, long? expectedVersion, out CommandRequest request, out IResult refused)
    {
        request = new(command, http.Actor(), reason, Cause: $"http:{http.TraceIdentifier}");
        refused = Results.Empty;
        if (http.Request.Headers["Idempotency-Key"] is [{ } key, ..])
        {
            if (key.Length is 0 or > 100)
            {
                refused = Problems.Invalid("api.idempotency-key", "The header Idempotency-Key is empty or longer than 100 characters.", "Send 1 to 100 characters, or leave it out.");
                return false;
            }

            request = request with { IdempotencyKey = KeyOf(http, request.Actor.Id, key) };
        }

        var match = http.Request.Headers.IfMatch.ToString().Trim('"');
        if (match.Length > 0 && match != "*")
        {
            if (!long.TryParse(match, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                refused = Problems.Invalid("api.if-match", $"The header If-Match is '{match}', which is not a version.", "Send the version you saw, a whole number.");
                return false;
            }

            expectedVersion ??= version;
        }

        request = request with { ExpectedVersion = expectedVersion };
        return true;
    }

    public static IResult Answer(this HttpContext http, CommandResult result, object? body = null)
    {
        if (result.Rejection is { } rejection)
        {
            return Problems.From(rejection);
        }

        http.Response.Headers.ETag = $"\"{result.Version}\"";
        return Results.Ok(body ?? new CommandDone(result.Stream.Value, result.Version));
    }

    /// <summary>One caller's key on one endpoint: two callers, or two endpoints, never meet on a key.</summary>
    private static string KeyOf(HttpContext http, string actor, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor}\n{http.Request.Method} {http.Request.Path}\n{key}")).AsSpan(0, 20));
}
