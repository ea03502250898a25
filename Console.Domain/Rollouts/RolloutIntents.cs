using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

/// <summary>The one table of what an operator may want of a rollout in each status. Pages, API and CLI ask it; so does the decider.</summary>
public static class RolloutIntents
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    public static Decision Decide(Rollout rollout, RolloutCommand command, DecisionContext context)
    {
        if (!rollout.Exists)
        {
            return new Rejection(RejectionKind.NotFound, "rollout.unknown", $"There is no rollout {rollout.Id}.", "It was never started.", "Look at the list of rollouts.");
        }

        return command switch
        {
            _ when rollout.Status == RolloutStatus.Queued => RolloutQueue.Want(rollout, command, context),
            AbortRollout => Abort(rollout, context),
            _ when rollout.Ended => Refuse(rollout, command, "rollout.ended", $"It is {rollout.Status} since {rollout.EndedAt:u}.", "Start another rollout."),
            PauseRollout pause => Pause(rollout, pause, context),
            ResumeRollout => Resume(rollout, command, context),
            RollBackRollout => RollBack(rollout, command, context),
            RetryRollout => Retry(rollout, command, context),
            RefuseStage refuse => ApprovalDecisions.Refuse(rollout, refuse, context),
            ApproveStage approve => ApprovalDecisions.Approve(rollout, approve, context),
            ReplanRollout => RolloutReplan.Decide(rollout, context),
            OverrideGate over => GateOverrides.Decide(rollout, over, context),
            AbandonRollout => Abandon(rollout, command, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not an operator's command"),
        };
    }

    /// <summary>Wins over everything; with nothing under way it is a success that changes nothing.</summary>
    private static Decision Abort(Rollout rollout, DecisionContext context) =>
        rollout.Ended || (rollout.Status == RolloutStatus.Stopped && rollout.Aborted)
            ? Decision.Nothing
            : Decision.Accept(new RolloutAborted(context.Actor.Id, $"aborted by {context.Actor.Id}: {Said(context)}"));

    private static Decision Pause(Rollout rollout, PauseRollout command, DecisionContext context)
    {
        if (rollout.Status is not (RolloutStatus.Planned or RolloutStatus.Running or RolloutStatus.Paused))
        {
            return Refuse(rollout, command, "rollout.not-running", $"It is {rollout.Status}: {rollout.Why}", rollout.RollbackId is { } back && rollout.Status == RolloutStatus.RollingBack ? $"Pause its rollback {back}." : "Nothing of it begins as it is; resume, retry or roll back when you know more.");
        }

        if (string.IsNullOrWhiteSpace(context.Reason) || command.For < ShortestPause || command.For > LongestPause)
        {
            return Refuse(rollout, command, "rollout.pause", "A pause needs a reason and a length from 1 minute to 7 days.", "Say why, and until when.", RejectionKind.Invalid);
        }

        return Decision.Accept(new RolloutPaused(context.Actor.Id, context.Reason, context.Now + command.For));
    }

    private static Decision Resume(Rollout rollout, RolloutCommand command, DecisionContext context) =>
        rollout.Status switch
        {
            RolloutStatus.Planned or RolloutStatus.Running => Decision.Nothing,
            RolloutStatus.RollingBack => RollingBack(rollout, command),
            _ when TakenBack(rollout) => BackOnly(rollout, command),
            _ when rollout.Aborted => Refuse(rollout, command, "rollout.aborted", rollout.Why ?? "It was aborted.", "Retry it or roll it back."),
            _ when Cord(rollout, command, context) is { } held => held,
            RolloutStatus.Paused => Decision.Accept(new RolloutResumed(context.Actor.Id, rollout.Attempt, rollout.RetryCasualties)),
            _ => Decision.Accept(new RolloutResumed(context.Actor.Id, rollout.Attempt + 1, RetryCasualties: false)),
        };

    /// <summary>A rollback took some of its hosts back, though not all: what it confirmed no longer holds, and its release is in quarantine.</summary>
    public static bool TakenBack(Rollout rollout) => rollout is { Kind: RolloutKind.Forward, Rollbacks: > 0, Ended: false, Status: not RolloutStatus.RollingBack };

    private static Decision BackOnly(Rollout rollout, RolloutCommand command) =>
        Refuse(rollout, command, "rollout.taken-back", $"Its rollback {rollout.RollbackId} has taken hosts back, and its release is in quarantine.", "Roll it back once more, or abandon it; when the quarantine is cleared, start anew.", RejectionKind.Blocked);

    private static Decision Retry(Rollout rollout, RolloutCommand command, DecisionContext context) =>
        rollout.Status switch
        {
            RolloutStatus.RollingBack => RollingBack(rollout, command),
            _ when TakenBack(rollout) => BackOnly(rollout, command),
            RolloutStatus.Stopped or RolloutStatus.NeedsOperator => Cord(rollout, command, context) ?? Decision.Accept(new RolloutResumed(context.Actor.Id, rollout.Attempt + 1, RetryCasualties: true)),
            _ => Refuse(rollout, command, "rollout.not-stopped", $"It is {rollout.Status}; only what is stopped or waits for a person is retried.", "Abort it first if it must not go on as it is."),
        };

    private static Decision RollBack(Rollout rollout, RolloutCommand command, DecisionContext context)
    {
        if (rollout.Status == RolloutStatus.RollingBack)
        {
            return Decision.Nothing;
        }

        if (rollout.Kind == RolloutKind.Rollback)
        {
            return Refuse(rollout, command, "rollout.is-rollback", $"It takes back {rollout.Parent} already.", "Retry it, or abandon it and start a rollout of another release.");
        }

        var catalog = context.States.Get<ReleaseCatalog>(ReleaseStreams.Of(rollout.Service));
        if (catalog.Releases.GetValueOrDefault(rollout.Plan!.Release) is { Release.RollForwardOnly: true })
        {
            return Refuse(rollout, command, "rollout.roll-forward-only", $"{rollout.Service} {rollout.Plan.Release} is roll-forward-only: earlier releases cannot read the data it writes.", "Start a rollout of a release that mends it.", RejectionKind.Blocked);
        }

        if (RolloutReach.Target(rollout, context.States) is not { } target)
        {
            return Refuse(rollout, command, "rollout.no-target", $"No other release of {rollout.Service} is proven good and out of quarantine.", "Adopt the release the fleet ran before, or clear a quarantine.", RejectionKind.Blocked);
        }

        var regions = rollout.Plan.Regions.Select(region => region.Region);
        if (RolloutReach.Blocking(rollout with { Kind = RolloutKind.Rollback }, context.States, regions) is { } pull)
        {
            return Held(rollout, command, pull);
        }

        return Decision.Accept(new RollbackBegan(context.Actor.Id, $"rolled back by {context.Actor.Id}: {Said(context)}", target.Version, null));
    }

    private static Decision Abandon(Rollout rollout, RolloutCommand command, DecisionContext context)
    {
        if (rollout.Status is not (RolloutStatus.Stopped or RolloutStatus.NeedsOperator))
        {
            return Refuse(rollout, command, "rollout.not-stopped", $"It is {rollout.Status}; only what is stopped or waits for a person is abandoned.", "Abort it first.");
        }

        return string.IsNullOrWhiteSpace(context.Reason)
            ? Refuse(rollout, command, "rollout.reason-missing", "No reason was given.", "Say why its hosts may stay as they are.", RejectionKind.Invalid)
            : Cancelling(rollout, command, context) ?? Decision.Accept(new RolloutAbandoned(context.Actor.Id, $"abandoned by {context.Actor.Id}: {context.Reason}") { Watched = [.. Remains.Of(rollout, context.States).Select(step => step.ToString())] });
    }

    /// <summary>A cancel that has not ended gets its time: until then giving up would only hide what still runs.</summary>
    private static Decision? Cancelling(Rollout rollout, RolloutCommand command, DecisionContext context)
    {
        var (steps, from) = (Remains.Of(rollout, context.States), rollout.Since + Remains.Limit);
        if (steps.IsEmpty || context.Now >= from)
        {
            return null;
        }

        return Refuse(rollout, command, "rollout.still-cancelling", $"{Words.Hosts(steps.Length)} may still be at work: {Words.Some(steps.Select(step => $"{step} since {step.Since:u}"))}.", $"Wait for their answers. What has not ended by {from:u} may be abandoned then, and stays watched.", RejectionKind.Blocked).Rejection!
            .With("steps", string.Join(", ", steps)).With("from", from.ToString("u", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Decision RollingBack(Rollout rollout, RolloutCommand command) =>
        Refuse(rollout, command, "rollout.rolling-back", $"It rolls back to {rollout.RollbackTarget} since {rollout.Since:u}: {rollout.Why}", $"Look at its rollback {rollout.RollbackId}; abort stops both.");

    private static Decision? Cord(Rollout rollout, RolloutCommand command, DecisionContext context) =>
        RolloutReach.Blocking(rollout, context.States, rollout.Plan!.Regions.Select(region => region.Region)) is { } pull ? Held(rollout, command, pull) : null;

    private static Decision Held(Rollout rollout, RolloutCommand command, Cord.CordPull pull) =>
        Refuse(rollout, command, "rollout.cord", $"The cord {pull.Id} ({pull.Scope}, {pull.Mode}) was pulled by {pull.By}: {pull.Reason}", "Release the cord first, when it is safe.", RejectionKind.Blocked).Rejection!
            .With("pull", pull.Id).With("pulled-by", pull.By);

    private static Decision Refuse(Rollout rollout, RolloutCommand command, string code, string why, string @do, RejectionKind kind = RejectionKind.Conflict) =>
        new Rejection(kind, code, $"{command.GetType().Name} was refused for {rollout.Id}.", why, @do).With("status", rollout.Status.ToString()).With("since", rollout.Since.ToString("u", System.Globalization.CultureInfo.InvariantCulture));

    private static string Said(DecisionContext context) => string.IsNullOrWhiteSpace(context.Reason) ? "no reason given" : context.Reason;
}
