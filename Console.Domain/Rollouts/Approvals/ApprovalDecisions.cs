using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Approvals;

/// <summary>Whether somebody's approval, or refusal, is taken.</summary>
internal static class ApprovalDecisions
{
    public static Decision Approve(Rollout rollout, ApproveStage command, DecisionContext context)
    {
        if (Stage(rollout, command.Stage, "approved", context) is { } refused)
        {
            return refused;
        }

        var stage = ApprovalRules.StageOf(rollout, command.Stage);
        var rule = ApprovalRules.Of(rollout, stage)!;
        if (!ApprovalRules.HasRole(context.Actor, rule, rollout))
        {
            return No(RejectionKind.Forbidden, "approval.role", command.Stage, "approved", $"It needs {rule.Who(rollout)}.", "Ask somebody who may.").With("roles", string.Join(", ", rule.Roles));
        }

        if (rule.FourEyes && (ApprovalRules.Makers(rollout).Contains(context.Actor.Id) || context.Actor.Kind != ActorKind.Person))
        {
            return No(RejectionKind.Blocked, "approval.four-eyes", command.Stage, "approved", $"It takes a second pair of eyes: {context.Actor.Id} {(context.Actor.Kind == ActorKind.Person ? "made this plan" : "is not a person")}.", "Ask somebody else to look at it.");
        }

        if (command.PlanHash != rollout.PlanHash)
        {
            var changes = rollout.PlanChanges.IsEmpty ? "" : $" What changed: {Words.Some(rollout.PlanChanges, 5)}";
            return No(RejectionKind.Conflict, "approval.plan-changed", command.Stage, "approved", $"The plan that was looked at ({command.PlanHash}) is not the plan ({rollout.PlanHash}).{changes}", "Look at the plan as it is now.")
                .With("seen", command.PlanHash).With("plan", rollout.PlanHash).With("changes", string.Join('\n', rollout.PlanChanges));
        }

        return ApprovalRules.Counting(rollout, stage, context.Now).Any(approval => approval.By == context.Actor.Id)
            ? Decision.Nothing
            : Decision.Accept(new StageApproved(new(command.Stage, rollout.PlanHash, context.Actor.Id, context.Reason!, context.Now, context.Now + rule.Valid)));
    }

    public static Decision Refuse(Rollout rollout, RefuseStage command, DecisionContext context) =>
        Stage(rollout, command.Stage, "refused", context) is { } refused
            ? refused
            : Decision.Accept(new ApprovalRefused(command.Stage, context.Actor.Id, $"stage '{command.Stage}' was refused by {context.Actor.Id}: {context.Reason}"));

    private static Rejection? Stage(Rollout rollout, string name, string what, DecisionContext context)
    {
        var stage = ApprovalRules.StageOf(rollout, name);
        return stage < 0 || ApprovalRules.Of(rollout, stage) is null ? No(RejectionKind.NotFound, "approval.not-asked", name, what, $"{rollout.Id} has no stage of that name that asks for approval.", "Look at its stages.")
            : rollout.Stage >= stage ? No(RejectionKind.Conflict, "approval.stage-begun", name, what, "It has begun already.", "Pause, abort or roll back if it must not go on.")
            : rollout.Status is not (RolloutStatus.Planned or RolloutStatus.Running or RolloutStatus.Paused) ? No(RejectionKind.Conflict, "approval.not-running", name, what, $"The rollout is {rollout.Status} since {rollout.Since.ToString("u", CultureInfo.InvariantCulture)}: {rollout.Why}", "Decide about that first.")
            : string.IsNullOrWhiteSpace(context.Reason) ? No(RejectionKind.Invalid, "approval.reason-missing", name, what, "No reason was given.", "Say what you looked at, and why.")
            : null;
    }

    private static Rejection No(RejectionKind kind, string code, string stage, string what, string why, string @do) => new(kind, code, $"Stage '{stage}' was not {what}.", why, @do);
}
