using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Fleet;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Cord;

/// <summary>The emergency cord over HTTP.</summary>
internal static class CordApi
{
    public static void MapCord(this IEndpointRouteBuilder api)
    {
        var cord = api.MapGroup("/cord").WithTags("cord");
        cord.MapGet("", (HttpContext http, IStates states, HostGate gate) => http.Seeing(() => Show(http, states, gate)));
        cord.MapPost("/pull", (PullBody body, HttpContext http, FleetSummaries fleet) => http.SendCommandAsync(new PullCord(fleet.Now.Place(body.Scope) ?? body.Scope, body.Mode), body.Reason));
        cord.MapPost("/release", (ReleaseBody body, HttpContext http) => http.SendCommandAsync(new ReleaseCord(body.Pull), body.Reason));
        cord.MapPut("/second-person", (SecondPersonBody body, HttpContext http) => http.SendCommandAsync(new RequireSecondPerson(body.Required), body.Reason));
    }

    private static IResult Show(HttpContext http, IStates states, HostGate gate)
    {
        var state = states.Get<CordState>(CordStreams.Only);
        http.Response.Headers.ETag = $"\"{states.VersionOf(CordStreams.Only)}\"";
        return Results.Ok(new CordAnswer(
            state.Epoch,
            state.SecondPerson,
            [.. state.InForce],
            [.. gate.InFlight().Select(command => new InFlight(command.Id, command.Host.Id, command.Host.Az, command.Step.ToString(), command.Deadline))])
        {
            Overrides = [.. state.Overrides],
            Causes = [.. state.Latches.Select(latch => new CauseLine(latch.Key, latch.Value.Pull, latch.Value.At, latch.Value.ReleasedAt))],
        });
    }

    /// <param name="Scope">Such as <c>region:eu-west-1</c>.</param>
    public sealed record PullBody(Scope Scope, CordMode Mode = CordMode.Halt, string? Reason = null);

    /// <param name="Pull">Id of the pull, such as <c>c-4</c>.</param>
    public sealed record ReleaseBody(string Pull, string Reason);

    public sealed record SecondPersonBody(bool Required, string? Reason = null);

    /// <param name="InFlight">Host commands that left before the pull and are not answered yet.</param>
    public sealed record CordAnswer(long Epoch, bool SecondPerson, CordPull[] InForce, InFlight[] InFlight)
    {
        /// <summary>Rollouts that may work in spite of a pull; each ends with it.</summary>
        public CordOverride[] Overrides { get; init; } = [];

        /// <summary>What the console itself has pulled for and has not found clear since.</summary>
        public CauseLine[] Causes { get; init; } = [];
    }

    /// <param name="Cause">Such as <c>DurabilityFloor:storage/eu-west-1</c>.</param>
    /// <param name="ReleasedAt">Null while its pull is in force.</param>
    public sealed record CauseLine(string Cause, string Pull, DateTimeOffset At, DateTimeOffset? ReleasedAt);

    public sealed record InFlight(string Command, string Host, string Az, string Step, DateTimeOffset Deadline);
}
