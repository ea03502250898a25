using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;
using OpsConsole.Domain.Rollouts.Queue;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>Which events of a rollout are transitions.</summary>
public static class RolloutTransitions
{
    /// <summary>The rollout after the event, with the transition it was, if it was one.</summary>
    internal static Rollout Note(Rollout before, Rollout after, IEvent happened, DateTimeOffset at)
    {
        if (Of(before, after, happened, at) is not var (kind, by, why, stage))
        {
            return after;
        }

        var evidence = happened is RolloutAsks { Evidence: { } asked } ? asked : happened is RollbackBegan { Evidence: { } began } ? began : null;
        var transition = new Transition((before.Transitions.IsEmpty ? 0 : before.Transitions[^1].Number) + 1, kind, at, by, why, stage, evidence?.Sentence);
        var kept = before.Transitions.Length < Transition.Kept ? before.Transitions : before.Transitions.RemoveAt(0);
        return after with { Transitions = kept.Add(transition) };
    }

    /// <summary>The transition that a person must end; null while it waits for nobody.</summary>
    public static Transition? PersonWait(Rollout rollout) =>
        rollout is { Ended: false, Transitions: [.., { WaitsForAPerson: true } last] } && (last.Kind != TransitionKind.ApprovalAsked || rollout.Asked is not null) ? last : null;

    private static (TransitionKind Kind, string? By, string? Why, string? Stage)? Of(Rollout before, Rollout after, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            RolloutStarted e => (TransitionKind.Started, e.By, e.Reason, null),
            WaveOpened e when e.Stage != before.Stage => (TransitionKind.StageBegan, null, null, StageName(after, e.Stage)),
            ApprovalAsked e => (TransitionKind.ApprovalAsked, null, null, e.Stage),
            RolloutAsks e when before.Asked is { } asked && e.Why == ApprovalRules.Late(before, at) => (TransitionKind.ApprovalExpired, "timer", e.Why, asked.Stage),
            RolloutAsks e => (TransitionKind.Asks, "engine", e.Why, StageName(after, after.Stage)),
            RolloutPaused e => (TransitionKind.Paused, e.By, e.Reason, StageName(after, after.Stage)),
            RolloutResumed e => (TransitionKind.Resumed, e.By, null, StageName(after, after.Stage)),
            RolloutAborted e => (TransitionKind.Halted, e.By, e.Why, StageName(after, after.Stage)),
            RolloutStopped e => (TransitionKind.Halted, e.By, e.Why, StageName(after, after.Stage)),
            ApprovalRefused e => (TransitionKind.Halted, e.By, e.Why, e.Stage),
            RollbackBegan e => (TransitionKind.RollbackBegan, e.By, e.Why, StageName(after, after.Stage)),
            RolloutRolledBack => (TransitionKind.RolledBack, null, after.Why, null),
            RolloutCompleted => (TransitionKind.Completed, null, null, null),
            RolloutQueued e => (TransitionKind.Queued, e.By, e.Reason, null),
            RolloutSuperseded e => (TransitionKind.Superseded, e.By, e.Why, null),
            RolloutAbandoned e => (TransitionKind.Abandoned, e.By, e.Why, null),
            _ => null,
        };

    private static string? StageName(Rollout rollout, int stage) => rollout.Plan is { } plan && stage >= 0 && stage < plan.Stages.Length ? plan.Stages[stage].Name : null;
}
