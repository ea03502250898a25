using System.Globalization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What is said of a rollout's transition.</summary>
internal static class RolloutNotice
{
    private const int Longest = 1_000;

    public static NoticeContent Of(Rollout rollout, Transition transition, int reminder, IStates states, DateTimeOffset now)
    {
        var regions = transition.Kind == TransitionKind.StageBegan && rollout.Plan!.Stages.FirstOrDefault(stage => stage.Name == transition.Stage) is { } begun ? begun.Waves.SelectMany(wave => wave.Regions) : rollout.Plan!.Regions;
        var names = regions.Select(region => region.Region).Distinct().ToArray();
        var simulated = rollout.Plan.Regions.All(region => states.Get<RegionFleet>(FleetStreams.Of(region.Region)).Simulated);
        var waits = transition == RolloutTransitions.PersonWait(rollout) || (transition.Kind == TransitionKind.RollbackBegan && rollout.Status == RolloutStatus.RollingBack);
        var what = $"{rollout.Service} {rollout.Plan.Release} ({rollout.Id}) {What(rollout, transition)}";
        return new(
            $"{(simulated ? "[simulated] " : "")}{(reminder > 0 ? string.Create(CultureInfo.InvariantCulture, $"Reminder {reminder}, after {Words.Of(now - transition.At)}: ") : "")}{what}",
            transition.Kind,
            transition.At,
            string.Create(CultureInfo.InvariantCulture, $"/rollouts/{rollout.Id}?moment={transition.Number}"),
            simulated)
        {
            Rollout = rollout.Id, Service = rollout.Service, Release = rollout.Plan.Release, Stage = transition.Stage, Where = Words.Some(names), By = transition.By,
            Why = Clip(transition.Why), Evidence = Clip(transition.Evidence), Wait = waits ? RolloutWait.Of(rollout, now) : null, Reminder = reminder,
        };
    }

    private static string What(Rollout rollout, Transition transition) =>
        transition.Kind switch
        {
            TransitionKind.Started => $"was started, {Words.Hosts(rollout.Plan!.Hosts)}",
            TransitionKind.StageBegan => $"began stage '{transition.Stage}'",
            TransitionKind.ApprovalAsked => $"waits for approval of stage '{transition.Stage}'",
            TransitionKind.ApprovalExpired => $"stopped: stage '{transition.Stage}' was not approved in time",
            TransitionKind.Paused => $"is paused by {transition.By}",
            TransitionKind.Resumed => $"goes on, resumed by {transition.By}",
            TransitionKind.Halted => $"was stopped by {transition.By}",
            TransitionKind.Asks => "stopped and needs a person",
            TransitionKind.RollbackBegan => "is being rolled back",
            TransitionKind.RolledBack => "was rolled back",
            TransitionKind.Completed => "is complete",
            TransitionKind.Queued => "waits for its turn",
            TransitionKind.Superseded => $"was superseded by {transition.By}",
            TransitionKind.Abandoned => "was abandoned; its hosts stay as they are",
            _ => transition.Kind.ToString(),
        };

    private static string? Clip(string? text) => text is { Length: > Longest } ? $"{text[..(Longest - 1)]}…" : text;
}
