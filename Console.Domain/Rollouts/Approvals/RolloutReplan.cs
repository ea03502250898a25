using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Approvals;

/// <summary>A new plan for the stages that have not begun. Those that have stay as they are, and so do the pipeline and the release.</summary>
internal static class RolloutReplan
{
    public static Decision Decide(Rollout rollout, DecisionContext context)
    {
        if (rollout.Kind != RolloutKind.Forward || rollout.Status is not (RolloutStatus.Planned or RolloutStatus.Running or RolloutStatus.Paused))
        {
            return No(RejectionKind.Conflict, "rollout.not-running", rollout, $"It is a {rollout.Kind} and {rollout.Status}: only a rollout on its way forward has stages to plan anew.", "Resume it first.");
        }

        if (string.IsNullOrWhiteSpace(context.Reason))
        {
            return No(RejectionKind.Invalid, "rollout.reason-missing", rollout, "No reason was given.", "Say what has changed.");
        }

        var release = context.States.Get<ReleaseCatalog>(ReleaseStreams.Of(rollout.Service)).Releases[rollout.Plan!.Release].Release;
        var anew = Planner.Plan(rollout.Pipeline!, release, context.States.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State));
        var begun = rollout.Stage + 1;
        var plan = rollout.Plan with { Stages = [.. rollout.Plan.Stages.Take(begun), .. anew.Stages.Skip(begun)], Notes = anew.Notes, Stateful = rollout.Plan.Stateful || anew.Stateful };
        if (context.States.All<Rollout>(RolloutStreams.Family).Select(one => one.State).FirstOrDefault(other => other.Id != rollout.Id && other.Exists && !other.Ended && other.Queue is null && other.Service == rollout.Service && RolloutStart.Meet(other.Plan!, plan)) is { } other)
        {
            return No(RejectionKind.Conflict, "rollout.under-way", rollout, $"The new plan reaches a region in which {other.Id} is {other.Status}.", "Wait for its end.").With("rollout", other.Id);
        }

        var hash = plan.Hash();
        return hash == rollout.PlanHash ? Decision.Nothing : Decision.Accept(new RolloutReplanned(plan, hash, context.Actor.Id, context.Reason, PlanDifference.Between(rollout.Plan, plan)));
    }

    public static Rollout Apply(Rollout rollout, RolloutReplanned e, DateTimeOffset at)
    {
        var later = e.Plan.Stages.Skip(rollout.Stage + 1).Concat(rollout.Plan!.Stages.Skip(rollout.Stage + 1)).Select(stage => stage.Name);
        return rollout with
        {
            Plan = e.Plan,
            PlanHash = e.PlanHash,
            ReplannedBy = e.By,
            PlanChanges = e.Changes,
            Asked = null,
            Approvals = ApprovalRules.Void(rollout.Approvals, later, $"{e.By} changed the plan from {rollout.PlanHash} to {e.PlanHash}: {e.Reason}", at),
        };
    }

    private static Rejection No(RejectionKind kind, string code, Rollout rollout, string why, string @do) => new(kind, code, $"{rollout.Id} was not planned anew.", why, @do);
}
