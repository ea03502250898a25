using OpsConsole.Domain.Rollouts.Replay;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts.Editor;

/// <summary>How a replay's outcome looks and is called.</summary>
public static class ReplayLooks
{
    public static StateKind Kind(ReplayOutcome outcome) =>
        outcome switch
        {
            ReplayOutcome.NotStopped or ReplayOutcome.CaughtEarlier or ReplayOutcome.CaughtAtTheSameTime => StateKind.Ok,
            ReplayOutcome.CaughtLater or ReplayOutcome.FalseStop => StateKind.Warn,
            ReplayOutcome.Missed => StateKind.Bad,
            _ => StateKind.Unknown,
        };

    public static string Words(ReplayOutcome outcome) =>
        outcome switch
        {
            ReplayOutcome.NotStopped => "not stopped",
            ReplayOutcome.CaughtEarlier => "caught earlier",
            ReplayOutcome.CaughtAtTheSameTime => "caught as it was",
            ReplayOutcome.CaughtLater => "caught later",
            ReplayOutcome.FalseStop => "false stop",
            ReplayOutcome.Missed => "missed",
            _ => "cannot be told",
        };
}
