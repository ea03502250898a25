namespace OpsConsole.Domain.Canaries.Runs;

/// <summary>How a canary stands at one place, or at several together: in the order of how much it asks for a person.</summary>
public enum Standing
{
    /// <summary>Served at the last turn.</summary>
    Served,

    /// <summary>Served only after a retry.</summary>
    Degraded,

    /// <summary>Its first turn has not come yet: nothing is known.</summary>
    Waiting,

    /// <summary>The canary itself broke at the last turn: nothing is known of the target.</summary>
    Broken,

    /// <summary>Nothing was heard of it for more than two periods: it may be dead.</summary>
    Silent,

    /// <summary>The target was slow at the last turn.</summary>
    Slow,

    /// <summary>The target failed at the last turn.</summary>
    Failing,
}

public static class PostStanding
{
    /// <summary>How long a post may be unheard of before it counts as silent: two periods with their jitter, and what a turn may take.</summary>
    public static TimeSpan SilentAfter(Canary canary) => (canary.Schedule.Period * (2 + canary.Schedule.Jitter)) + canary.Limits.Whole + DueTurnLatest(canary);

    /// <param name="last">The newest result; null where there is none.</param>
    /// <param name="since">From when on turns were to be expected.</param>
    public static Standing Of(Canary canary, RunResult? last, DateTimeOffset since, DateTimeOffset now) =>
        now - (last?.Ended ?? since) > SilentAfter(canary) ? Standing.Silent
        : last is null ? Standing.Waiting
        : last.State switch
        {
            RunState.Passed => Standing.Served,
            RunState.Degraded => Standing.Degraded,
            RunState.Slow => Standing.Slow,
            var state when state.IsOfTarget() => Standing.Failing,
            _ => Standing.Broken,
        };

    private static TimeSpan DueTurnLatest(Canary canary) => Scheduling.DueTurn.LatestOf(canary.Schedule);
}
