using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts;

/// <summary>How rollouts and their parts look and are called.</summary>
public static class RolloutLooks
{
    public static StateKind Kind(RolloutStatus status) =>
        status switch
        {
            RolloutStatus.Planned or RolloutStatus.Queued => StateKind.Idle,
            RolloutStatus.Running => StateKind.Run,
            RolloutStatus.Paused or RolloutStatus.RolledBack => StateKind.Warn,
            RolloutStatus.Completed => StateKind.Ok,
            RolloutStatus.Abandoned or RolloutStatus.Superseded => StateKind.Unknown,
            _ => StateKind.Bad,
        };

    public static string Words(RolloutStatus status) =>
        status switch
        {
            RolloutStatus.NeedsOperator => "needs a person",
            RolloutStatus.RollingBack => "rolling back",
            RolloutStatus.RolledBack => "rolled back",
            _ => status.ToString().ToLowerInvariant(),
        };

    public static StateKind Kind(LaneState state) =>
        state switch
        {
            LaneState.Observing or LaneState.Working => StateKind.Run,
            LaneState.Baking => StateKind.Bake,
            LaneState.Done => StateKind.Ok,
            LaneState.Stopped => StateKind.Bad,
            LaneState.RolledBack => StateKind.Warn,
            _ => StateKind.Idle,
        };

    public static string Words(LaneState state) => state == LaneState.RolledBack ? "rolled back" : state.ToString().ToLowerInvariant();

    public static StateKind Kind(Verdict verdict) => verdict switch { Verdict.Ok => StateKind.Ok, Verdict.Bad => StateKind.Bad, _ => StateKind.Unknown };

    public static string Words(BatchKind kind) => kind switch { BatchKind.OneBox => "one-box", BatchKind.Validators => "validators", _ => "batch" };

    public static bool NeedsPerson(RolloutStatus status) => status is RolloutStatus.NeedsOperator or RolloutStatus.Stopped or RolloutStatus.Paused;

    public static bool Ended(RolloutStatus status) => status is RolloutStatus.Completed or RolloutStatus.RolledBack or RolloutStatus.Abandoned or RolloutStatus.Superseded;

    public static WaitView View(string title, Wait wait, StateKind kind, string? href = null) => new(title, wait.What, wait.Since, wait.Until, null, wait.Who, wait.Then, kind, href);

    public static HostSquares.Square Square(RolloutHost host) =>
        new(
            host.State switch { "Confirmed" => StateKind.Ok, "InWork" => StateKind.Run, "Casualty" => StateKind.Bad, "Begun" => StateKind.Unknown, _ => StateKind.Idle },
            $"{host.Host}: {host.State.ToLowerInvariant()}{(host.Step is { } step ? $", {step}" : "")}{(host.Detail is { } detail ? $", {detail}" : "")}");
}
