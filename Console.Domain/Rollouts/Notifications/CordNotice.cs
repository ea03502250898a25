using OpsConsole.Domain.Cord;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What is said of the cord.</summary>
internal static class CordNotice
{
    public static NoticeContent Of(CordMove move, Transition transition)
    {
        var mode = move.Mode switch
        {
            CordMode.Halt => "halt",
            CordMode.HoldNew => "hold new work",
            CordMode.HaltNotBegun => "halt what has not begun",
            CordMode.HaltAndRollBack => "halt and roll back",
            _ => "read-only",
        };
        return new(
            move.Pulled ? $"{move.By} pulled the cord over {move.Scope}: {mode}" : $"{move.By} released the cord over {move.Scope} ({mode}); nothing resumes by it",
            transition.Kind,
            transition.At,
            $"/audit?stream=cord&text={move.Id}",
            false)
        {
            Where = move.Scope.ToString(), By = move.By, Why = move.Reason,
        };
    }
}
