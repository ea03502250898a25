using System.Security.Cryptography;
using System.Text;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Web.Access;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts;

/// <summary>Rollouts over HTTP: the list, one, its picture, and all that an operator may want of it.</summary>
internal static class RolloutApi
{
    private const int LongestStem = 50;

    public static void MapRollouts(this IEndpointRouteBuilder api)
    {
        var rollouts = api.MapGroup("/rollouts").WithTags("rollouts");
        rollouts.MapGet("", (string? state, string? service, int? take, string? after, HttpContext http, IStates states, TimeProvider clock) =>
            http.Seeing(() => RolloutList.Answer(states, clock.GetUtcNow(), state, service, take, after))).WithSummary("Rollouts, newest first, in pages.").Produces<RolloutList.RolloutPage>();
        rollouts.MapGet("/{id}", (string id, HttpContext http, IStates states, TimeProvider clock) =>
            http.Seeing(() => One(http, id, RolloutSummary.Find(states, id, clock.GetUtcNow()), found => found.Version))).WithSummary("One rollout in a line: how it stands, what it waits for, why.").Produces<RolloutSummary>();
        rollouts.MapGet("/{id}/picture", (string id, HttpContext http, IStates states, TimeProvider clock) =>
            http.Seeing(() => One(http, id, RolloutDrawing.Draw(states, id, clock.GetUtcNow()), found => found.Summary.Version))).WithSummary("One rollout drawn: lanes, waits, casualties, evidence, and what may be asked of it now.").Produces<RolloutPicture>();
        rollouts.MapGet("/{id}/regions/{region}", Region).WithSummary("One region of a rollout, host by host.").Produces<RegionPicture>();
        rollouts.MapGet("/{id}/regions/{region}/windows", Windows).WithSummary("What each gate of one region saw, window by window, since the console started; the last 240 windows of each.").Produces<GateLine[]>();
        rollouts.MapPost("", StartAsync).WithSummary("Plans and starts a rollout.").Produces<StartAnswer>();
        rollouts.MapPost("/{id}/pause", (string id, PauseBody body, HttpContext http) => http.SendCommandAsync(new PauseRollout(id, TimeSpan.FromMinutes(body.Minutes)), body.Reason, body.ExpectedVersion)).WithSummary("Begins nothing new until resumed; needs a reason.").Produces<CommandDone>();
        rollouts.MapPost("/{id}/override-gate", (string id, GateBody body, HttpContext http) => http.SendCommandAsync(new OverrideGate(id, body.Gate), body.Reason, body.ExpectedVersion)).WithSummary("Lets it begin although this gate, named, is red already; needs an Approver and a reason; ends with the rollout.").Produces<CommandDone>();
        rollouts.MapPost("/{id}/override-cord", OverrideCordAsync).WithSummary("Lets it work in spite of one pull of the cord, named; needs an Admin and a reason; ends with the pull. Nothing resumes by it.").Produces<CommandDone>();
        Intent("resume", "Goes on after a pause or a stop.", id => new ResumeRollout(id));
        Intent("abort", "Stops and leaves hosts as they are; wins over everything.", id => new AbortRollout(id));
        Intent("rollback", "Takes its hosts back to a release proven good, and quarantines its own.", id => new RollBackRollout(id));
        Intent("retry", "Visits casualties and stopped hosts again, through the same gates.", id => new RetryRollout(id));
        Intent("abandon", "Gives a stopped rollout up; needs a reason.", id => new AbandonRollout(id));

        void Intent(string name, string summary, Func<string, RolloutCommand> command) =>
            rollouts.MapPost($"/{{id}}/{name}", (string id, IntentBody? body, HttpContext http) => http.SendCommandAsync(command(id), body?.Reason, body?.ExpectedVersion)).WithSummary(summary).Produces<CommandDone>();
    }

    private static async Task<IResult> OverrideCordAsync(string id, CordBody body, HttpContext http, IStates states) =>
        states.Get<Rollout>(RolloutStreams.Of(id)) is { Exists: true, Ended: false }
            ? await http.SendCommandAsync(new OverrideCord(body.Pull, id, body.HostsReadOnly), body.Reason)
            : Problems.NotFound("rollout.unknown", $"There is no rollout '{id}' under way.", "See /api/v1/rollouts.");

    private static IResult One<T>(HttpContext http, string id, T? found, Func<T, long> version)
        where T : class
    {
        if (found is null)
        {
            return Problems.NotFound("rollout.unknown", $"There is no rollout '{id}'.", "See /api/v1/rollouts.");
        }

        http.Response.Headers.ETag = $"\"{version(found)}\"";
        return Results.Ok(found);
    }

    /// <summary>Names hosts, so it is for who may see the region or the service.</summary>
    private static IResult Region(string id, string region, HttpContext http, IStates states, TimeProvider clock) =>
        Seen(id, region, http, states, () => RegionDrawing.Draw(states, id, region, clock.GetUtcNow()));

    private static IResult Windows(string id, string region, HttpContext http, IStates states, TimeProvider clock, GateLines lines) =>
        Seen(id, region, http, states, () => RegionDrawing.Draw(states, id, region, clock.GetUtcNow()) is null ? null : lines.Of(id, region).ToArray());

    private static IResult Seen<T>(string id, string region, HttpContext http, IStates states, Func<T?> read)
        where T : class
    {
        var rollout = states.Get<Rollout>(RolloutStreams.Of(id));
        var partition = rollout.Plan?.Regions.FirstOrDefault(one => one.Region == region)?.Partition;
        var scope = Permissions.May(http.Actor(), Permission.View, Scope.OfService(rollout.Service)) ? Scope.OfService(rollout.Service) : Scope.OfRegion(region, partition);
        return http.Needing(Permission.View, () => read() is { } found
            ? Results.Ok(found)
            : Problems.NotFound("rollout.no-such-region", $"There is no rollout '{id}' that reaches '{region}'.", $"See /api/v1/rollouts/{id}/picture."), scope);
    }

    private static async Task<IResult> StartAsync(StartBody body, HttpContext http, IStates states, ICommands commands)
    {
        var service = body.Service ?? states.Get<PipelineFile>(PipelineStreams.Of(body.Pipeline)).Content?.Service;
        if (service is null)
        {
            return Problems.From(RolloutStart.Preview(states, "", body.Version, body.Pipeline).Refused!);
        }

        var id = body.Rollout ?? NameFor(http, states, service, body.Version);
        if (!http.TryRequest(new StartRollout(id, service, body.Version, body.Pipeline, body.Plan, body.Hotfix), body.Reason, null, out var request, out var refused))
        {
            return refused;
        }

        var result = await commands.SendAsync(request, http.RequestAborted);
        var started = states.Get<Rollout>(RolloutStreams.Of(id));
        return http.Answer(result, new StartAnswer(id, result.Stream.Value, result.Version, started.PlanHash) { Status = started.Status });
    }

    /// <summary>The same request sent twice with an idempotency key must mean the same rollout, so its name follows from the key; else it is the next free number.</summary>
    private static string NameFor(HttpContext http, IStates states, string service, string version)
    {
        var stem = new string([.. $"{service}-{version}".Take(LongestStem).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')]);
        if (http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key, ..])
        {
            return $"{stem}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{http.Actor().Id}\n{key}")).AsSpan(0, 4))}";
        }

        var number = 1;
        while (states.VersionOf(RolloutStreams.Of($"{stem}-{number}")) > 0)
        {
            number++;
        }

        return $"{stem}-{number}";
    }

    /// <param name="Pipeline">The pipeline's name.</param>
    /// <param name="Version">The release's version.</param>
    /// <param name="Service">The pipeline's own where left out.</param>
    /// <param name="Rollout">Its id; one is made where left out.</param>
    /// <param name="Plan">The hash of the plan you looked at: a plan that has changed since is refused.</param>
    /// <param name="Hotfix">Travels the pipeline's hotfix lane; needs an Approver and a reason.</param>
    public sealed record StartBody(string Pipeline, string Version, string? Service = null, string? Rollout = null, string? Plan = null, string? Reason = null, bool Hotfix = false);

    /// <param name="Plan">The hash of the plan it runs.</param>
    public sealed record StartAnswer(string Rollout, string Stream, long Version, string Plan)
    {
        /// <summary>Planned; or Queued, where it waits for its turn.</summary>
        public RolloutStatus Status { get; init; }
    }

    /// <param name="Gate">The gate's name in the pipeline.</param>
    public sealed record GateBody(string Gate, string Reason, long? ExpectedVersion = null);

    /// <param name="Pull">Id of a pull in force, such as <c>c-4</c>.</param>
    /// <param name="HostsReadOnly">Must be true where the pull made hosts read-only.</param>
    public sealed record CordBody(string Pull, string Reason, bool HostsReadOnly = false);

    /// <param name="ExpectedVersion">The version you saw, as <c>If-Match</c>.</param>
    public sealed record IntentBody(string? Reason = null, long? ExpectedVersion = null);

    /// <param name="Minutes">1 to 10080, which is 7 days.</param>
    public sealed record PauseBody(int Minutes = 60, string? Reason = null, long? ExpectedVersion = null);
}
