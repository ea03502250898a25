namespace OpsConsole.Domain.Canaries.Runs;

/// <summary>What became of a turn. Either the target was judged, or the canary itself broke and says nothing of the target: never both.</summary>
public enum RunState
{
    /// <summary>Right, in time, at the first attempt.</summary>
    Passed,

    /// <summary>Right, but only after a retry.</summary>
    Degraded,

    /// <summary>Right, beyond its latency limit.</summary>
    Slow,

    /// <summary>No answer, or not all of it, in time.</summary>
    Stalled,

    /// <summary>Refused the connection, or broke it off.</summary>
    Dying,

    /// <summary>Answered wrongly.</summary>
    Lying,

    /// <summary>The canary could not resolve its target's name.</summary>
    NoName,

    /// <summary>The canary is wrong itself: its work threw, or did not end when told to.</summary>
    Broken,

    /// <summary>The runner had no room, or was held up itself: the target may have answered in time.</summary>
    Overloaded,

    /// <summary>The turn could not begin in time.</summary>
    NotInTime,

    /// <summary>The runner died or hung with the turn in its hands, or before it.</summary>
    RunnerDied,
}

public static class RunStates
{
    /// <summary>Whether the target was judged; else the canary broke.</summary>
    public static bool IsOfTarget(this RunState state) => state <= RunState.Lying;

    /// <summary>Whether a customer was served: <see cref="RunState.Passed"/> or <see cref="RunState.Degraded"/>.</summary>
    public static bool IsServed(this RunState state) => state is RunState.Passed or RunState.Degraded;

    /// <summary>For people.</summary>
    public static string Words(this RunState state) =>
        state switch
        {
            RunState.Passed => "passed",
            RunState.Degraded => "passed after a retry",
            RunState.Slow => "slow: right, beyond its limit",
            RunState.Stalled => "stalled: no answer in time",
            RunState.Dying => "dying: refused or broken off",
            RunState.Lying => "lying: a wrong answer",
            RunState.NoName => "the canary could not resolve the name",
            RunState.Broken => "the canary itself is wrong",
            RunState.Overloaded => "the canary's runner was held up",
            RunState.NotInTime => "the canary did not get its turn in time",
            _ => "the canary's runner died",
        };
}
