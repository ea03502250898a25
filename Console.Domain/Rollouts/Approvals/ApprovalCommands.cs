using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Approvals;

/// <summary>Approves a stage that has not begun. Needs a reason.</summary>
/// <param name="PlanHash">The plan that was looked at; another one is refused, and the difference is shown.</param>
public sealed record ApproveStage(string Rollout, string Stage, string PlanHash) : RolloutCommand(Rollout)
{
    public override Permission Needs => Permission.Approve;
}

/// <summary>Refuses a stage that has not begun: the rollout stops and a person decides. Anyone on call may, whatever plan they saw. Needs a reason.</summary>
public sealed record RefuseStage(string Rollout, string Stage) : RolloutCommand(Rollout);

/// <summary>Plans the stages that have not begun anew, over the fleet as it is. What that changes voids their approvals. Needs a reason.</summary>
public sealed record ReplanRollout(string Rollout) : RolloutCommand(Rollout);

[EventType("rollout.approval-asked")]
public sealed record ApprovalAsked(string Stage, string PlanHash) : IEvent;

[EventType("rollout.stage-approved")]
public sealed record StageApproved(Approval Approval) : IEvent;

[EventType("rollout.approval-refused")]
public sealed record ApprovalRefused(string Stage, string By, string Why) : IEvent;

/// <param name="Changes">What is different, a line each.</param>
[EventType("rollout.replanned")]
public sealed record RolloutReplanned(RolloutPlan Plan, string PlanHash, string By, string Reason, ImmutableArray<string> Changes) : IEvent;
