namespace OpsConsole.Domain.Alarms;

/// <summary>When a gate that comes and goes is passed, and when it has failed. A change of its verdict sets the time back; what was unhealthy adds up, so that flapping ends.</summary>
public sealed record HealthTimer
{
    /// <summary>After a batch the gate is not looked at for this long.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>It is passed once it was Ok for this long without a break.</summary>
    public TimeSpan Stable { get; init; }

    /// <summary>It has failed once it was Bad for this long without a break.</summary>
    public TimeSpan Retry { get; init; }

    /// <summary>It has failed once it was Bad for this long in all, over the stage; null where only the pipeline's own budget ends it.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>The clock after one more look; null while it is not looked at.</summary>
    /// <param name="clock">Null before the first look.</param>
    /// <param name="began">When the batch, or its bake, began.</param>
    /// <param name="from">Start of the window that was judged.</param>
    public HealthClock? After(HealthClock? clock, DateTimeOffset began, Verdict verdict, DateTimeOffset from, DateTimeOffset to)
    {
        var looks = began + Wait;
        if (to < looks)
        {
            return clock;
        }

        // What was not looked at yet is remembered as bad: it must become good, and stay so.
        var now = clock is { } known && known.Began == began ? known : new HealthClock(Verdict.Bad, looks, began, clock?.Unhealthy ?? TimeSpan.Zero);
        var since = from > looks ? from : looks;
        return now with
        {
            Verdict = verdict,
            Since = now.Verdict == verdict ? now.Since : to,
            At = to,
            Unhealthy = now.Unhealthy + (verdict == Verdict.Bad && to > since ? to - since : TimeSpan.Zero),
        };
    }

    /// <summary>Ok once passed, Bad once failed, Missing while it is neither.</summary>
    public Verdict Says(HealthClock? clock) =>
        clock is null ? Verdict.Missing
        : clock.Verdict == Verdict.Ok ? (clock.At - clock.Since >= Stable ? Verdict.Ok : Verdict.Missing)
        : clock.Verdict == Verdict.Bad && (clock.At - clock.Since >= Retry || clock.Unhealthy >= Budget) ? Verdict.Bad
        : Verdict.Missing;

    /// <summary>Why no deadline could end well; null where all is possible. A deadline must leave room for what it bounds.</summary>
    /// <param name="az">How long an AZ may take.</param>
    /// <param name="stage">How long all of a region's stage may take.</param>
    public string? Wrong(TimeSpan az, TimeSpan stage) =>
        stage <= Wait + Retry ? "limits.stage must be longer than wait and retry together."
        : az <= Wait + Retry ? "limits.az must be longer than wait and retry together."
        : stage <= Wait + Stable ? "limits.stage must be longer than wait and stable together."
        : az <= Wait + Stable ? "limits.az must be longer than wait and stable together."
        : stage < az ? "limits.stage must not be shorter than limits.az."
        : null;
}

/// <summary>What a gate's timer remembers.</summary>
/// <param name="Verdict">Of the last look.</param>
/// <param name="Since">When that verdict came.</param>
/// <param name="Began">What it is counted from.</param>
/// <param name="Unhealthy">How long it was Bad in all, in this stage.</param>
public sealed record HealthClock(Verdict Verdict, DateTimeOffset Since, DateTimeOffset Began, TimeSpan Unhealthy)
{
    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset At { get; init; }
}
