using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What each event makes of a rollout.</summary>
internal static class RolloutFold
{
    public static Rollout Apply(Rollout rollout, IEvent happened, DateTimeOffset at) => RolloutTransitions.Note(rollout, Changed(rollout, happened, at), happened, at);

    private static Rollout Changed(Rollout rollout, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            RolloutStarted e => rollout with
            {
                Kind = e.Kind, Parent = e.Parent, Pipeline = e.Pipeline, PipelineVersion = e.PipelineVersion, Plan = e.Plan, PlanHash = e.PlanHash, StartedBy = e.By, Reason = e.Reason, StartedAt = at, Since = at,
                Status = RolloutStatus.Planned, Queue = null, Hotfix = e.Hotfix || rollout.Hotfix, StartHosts = e.Hosts.IsDefault ? [] : e.Hosts,
            },
            RolloutQueued e => rollout with
            {
                Kind = RolloutKind.Forward, Pipeline = e.Pipeline, PipelineVersion = e.PipelineVersion, Plan = e.Plan, PlanHash = e.PlanHash, StartedBy = e.By, Reason = e.Reason, StartedAt = at, Since = at,
                Status = RolloutStatus.Queued, Queue = new(e.Policy, at, e.CordEpoch), Hotfix = e.Hotfix,
            },
            RolloutSuperseded e => Ended(rollout, RolloutStatus.Superseded, at) with { Why = e.Why, By = e.By, SupersededBy = e.By },
            GateOverridden e => rollout with { GateOverrides = rollout.GateOverrides.Add(new(e.Gate, e.By, e.Reason, at)) },
            WaveOpened e => To(rollout, RolloutStatus.Running, at) with { Stage = e.Stage, Wave = e.Wave },
            RolloutPaused e => To(rollout, RolloutStatus.Paused, at) with { Pause = new(e.By, e.Reason, at, e.Until), Why = e.Reason, By = e.By },
            RolloutResumed e => To(rollout, rollout.Stage < 0 ? RolloutStatus.Planned : RolloutStatus.Running, at) with { Attempt = e.Attempt, RetryCasualties = e.RetryCasualties, By = e.By },
            RolloutAborted e => To(rollout, RolloutStatus.Stopped, at) with { Aborted = true, Why = e.Why, By = e.By },
            RolloutStopped e => To(rollout, RolloutStatus.Stopped, at) with { Why = e.Why, By = e.By, Pull = e.Pull },
            RolloutAsks e => To(rollout, RolloutStatus.NeedsOperator, at) with { Why = e.Why, By = "engine", Evidence = e.Evidence ?? rollout.Evidence },
            RollbackBegan e => To(rollout, RolloutStatus.RollingBack, at) with { Why = e.Why, By = e.By, Evidence = e.Evidence ?? rollout.Evidence, RollbackTarget = e.Target, Rollbacks = rollout.Rollbacks + 1 },
            ApprovalAsked e => rollout with { Asked = new(e.Stage, e.PlanHash, at) },
            StageApproved e => rollout with { Approvals = rollout.Approvals.Add(e.Approval) },
            ApprovalRefused e => To(rollout, RolloutStatus.Stopped, at) with { Why = e.Why, By = e.By, Approvals = ApprovalRules.Void(rollout.Approvals, [e.Stage], e.Why, at) },
            RolloutReplanned e => RolloutReplan.Apply(rollout, e, at),
            RolloutRolledBack => Ended(rollout, RolloutStatus.RolledBack, at),
            RolloutCompleted => Ended(rollout, RolloutStatus.Completed, at),
            RolloutAbandoned e => Ended(rollout, RolloutStatus.Abandoned, at) with { Why = e.Why, By = e.By },
            _ => rollout,
        };

    /// <summary>Every new status erases the wishes that belonged to the old one.</summary>
    private static Rollout To(Rollout rollout, RolloutStatus status, DateTimeOffset at) => rollout with { Status = status, Since = at, Queue = null, Asked = null, Pause = null, Pull = null, Aborted = false };

    private static Rollout Ended(Rollout rollout, RolloutStatus status, DateTimeOffset at) => To(rollout, status, at) with { EndedAt = at };
}
