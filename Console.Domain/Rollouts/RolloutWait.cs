using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts;

/// <summary>What a rollout as a whole waits for.</summary>
public static class RolloutWait
{
    /// <summary>Null where it has ended.</summary>
    /// <param name="states">Where they are given, a rollout in the queue says its place and whom it waits for.</param>
    public static Wait? Of(Rollout rollout, DateTimeOffset now, IStates? states = null)
    {
        if (!rollout.Exists || rollout.Ended)
        {
            return null;
        }

        if (rollout.Status == RolloutStatus.Queued)
        {
            return RolloutQueue.Wait(rollout, states);
        }

        return OfStatus(rollout) ?? ApprovalRules.Wait(rollout, now) ?? (rollout.Stage < 0
            ? new("the next tick", rollout.Since, now + TimeSpan.FromSeconds(1), "the engine", "the first wave opens")
            : new(
                $"stage '{rollout.Plan!.Stages[rollout.Stage].Name}', wave {rollout.Wave + 1} of {rollout.Plan.Stages[rollout.Stage].Waves.Length}: {Words.Some(rollout.Open.Select(region => region.Region))}",
                rollout.Since,
                rollout.Since + rollout.Pipeline!.Limits.Stage,
                "the regions of the wave",
                "the next wave opens"));
    }

    /// <summary>Where the rollout itself holds its regions; null while it lets them go on.</summary>
    internal static Wait? OfStatus(Rollout rollout)
    {
        var decide = rollout.Since + (rollout.Pipeline?.Limits.Decision ?? TimeSpan.FromHours(24));
        return rollout.Status switch
        {
            RolloutStatus.Paused when rollout.Pause is { } pause => new($"{pause.By}, who paused it: {pause.Reason}", pause.Since, pause.Until, $"{pause.By} or another operator", "it is stopped and a person must decide"),
            RolloutStatus.Stopped => new($"a decision: resume, retry, roll back or abandon. {rollout.Why}", rollout.Since, decide, "an operator", "it is abandoned and its hosts stay as they are"),
            RolloutStatus.NeedsOperator => new($"a person to look: {rollout.Why}", rollout.Since, decide, "an operator", "it is abandoned and its hosts stay as they are"),
            RolloutStatus.RollingBack => new($"its rollback {rollout.RollbackId} to {rollout.RollbackTarget}", rollout.Since, decide + decide.Subtract(rollout.Since) + rollout.Pipeline!.Limits.Stage, $"the rollback {rollout.RollbackId}", "it is rolled back; if the rollback is given up, a person is asked"),
            _ => null,
        };
    }
}
