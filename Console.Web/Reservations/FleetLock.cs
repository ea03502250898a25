using System.Text.Json;
using System.Text.RegularExpressions;
using OpsConsole.Domain.Journal;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Reservations;

/// <summary>
/// FleetLock version 1 (<c>/v1/pre-reboot</c>, <c>/v1/steady-state</c>) on the same gate as everybody else. 200 is a grant or a release and nothing else; there is no 202, which clients read as a grant.
/// </summary>
internal static partial class FleetLock
{
    private const string Header = "fleet-lock-protocol";

    public static void MapFleetLock(this WebApplication app)
    {
        app.Map("/v1/pre-reboot", (HttpContext http, FleetLockDesk desk) => AnswerAsync(http, desk.LockAsync)).ExcludeFromDescription();
        app.Map("/v1/steady-state", (HttpContext http, FleetLockDesk desk) => AnswerAsync(http, desk.UnlockAsync)).ExcludeFromDescription();
        app.Map("/v1/{**path}", () => Error(StatusCodes.Status404NotFound, "not_found", "There is nothing here but /v1/pre-reboot and /v1/steady-state.")).ExcludeFromDescription();
    }

    public static IResult Error(int status, string kind, string value) => Results.Json(new { kind, value }, statusCode: status);

    /// <summary>A refusal of the gate as the protocol says it: kinds are the checks' names, and few.</summary>
    public static IResult Refused(Rejection refused) =>
        Error(
            refused.Kind == RejectionKind.Conflict ? StatusCodes.Status423Locked : Problems.StatusOf(refused.Kind),
            refused.Evidence.TryGetValue("scope", out var scope) && scope == "group" ? "failed_lock_semaphore_full" : refused.Code.Split('.')[^1].Replace('-', '_'),
            refused.ToString());

    private static async Task<IResult> AnswerAsync(HttpContext http, Func<FleetLockCall, CancellationToken, Task<IResult>> answer)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return Error(StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "Send a POST.");
        }

        if (http.Request.Headers[Header].ToString() != "true")
        {
            return Error(StatusCodes.Status400BadRequest, "missing_fleetlock_header", $"The header '{Header}: true' is missing.");
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("client_params", out var parameters) || Text(parameters, "group") is not { } group || Text(parameters, "id") is not { } id
                    ? Error(StatusCodes.Status400BadRequest, "bad_request", "The body has no client_params with group and id.")
                : group.Length > 64 || !Group().IsMatch(group) ? Error(StatusCodes.Status400BadRequest, "bad_request", "The group is empty, too long, or has signs other than letters, digits, '.' and '-'.")
                : Domain.Fleet.HostRules.NameProblem(id) is { } why ? Error(StatusCodes.Status400BadRequest, "invalid_client_identity", $"The id is no name: {why}.")
                : await answer(new(http.Actor(), group, id), http.RequestAborted);
        }
        catch (JsonException)
        {
            return Error(StatusCodes.Status400BadRequest, "decode_error", "The body is not JSON.");
        }
    }

    private static string? Text(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^[a-zA-Z0-9.-]+\z")]
    private static partial Regex Group();
}
