using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts.Approvals;

/// <summary>Approvals over HTTP.</summary>
internal static class ApprovalApi
{
    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", (HttpContext http, IStates states, TimeProvider clock) => http.Seeing(() => Results.Ok(new ApprovalList([.. ApprovalLine.List(states, clock.GetUtcNow())])))).WithTags("rollouts").WithSummary("Stages that ask for approval and have not begun, those whose turn it is first.").Produces<ApprovalList>();
        var rollouts = api.MapGroup("/rollouts/{id}").WithTags("rollouts");
        rollouts.MapPost("/approve", (string id, ApproveBody body, HttpContext http) => http.SendCommandAsync(new ApproveStage(id, body.Stage, body.Plan), body.Reason)).WithSummary("Approves a stage with the plan you looked at; another plan is refused, and the difference shown.").Produces<CommandDone>();
        rollouts.MapPost("/refuse", (string id, RefuseBody body, HttpContext http) => http.SendCommandAsync(new RefuseStage(id, body.Stage), body.Reason)).WithSummary("Refuses a stage: the rollout stops and a person decides. Anyone on call may.").Produces<CommandDone>();
        rollouts.MapPost("/replan", (string id, ReplanBody body, HttpContext http) => http.SendCommandAsync(new ReplanRollout(id), body.Reason)).WithSummary("Plans the stages that have not begun anew; what that changes voids their approvals.").Produces<CommandDone>();
    }

    public sealed record ApprovalList(ApprovalLine[] Approvals);

    /// <param name="Plan">The hash of the plan you looked at.</param>
    public sealed record ApproveBody(string Stage, string Plan, string Reason);

    public sealed record RefuseBody(string Stage, string Reason);

    public sealed record ReplanBody(string Reason);
}
