namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>A wall clock that can be set wrong; timers and the monotonic clock go on as they are, as on a real machine.</summary>
internal sealed class SkewedClock(TimeProvider real) : TimeProvider
{
    private long _ahead;

    /// <summary>How far ahead of the real time it is; behind where negative.</summary>
    public TimeSpan Ahead
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
        set => Interlocked.Exchange(ref _ahead, value.Ticks);
    }

    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Ahead;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);
}
