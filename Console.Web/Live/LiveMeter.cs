namespace OpsConsole.Web.Live;

/// <summary>What the hub has sent, since the start.</summary>
public sealed class LiveMeter
{
    private long _messages;
    private long _dropped;
    private long _resyncs;
    private long _slowestSendMs;

    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Deltas that slow clients were not sent, because a snapshot replaced them.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public long Resyncs => Volatile.Read(ref _resyncs);

    public long SlowestSendMs => Volatile.Read(ref _slowestSendMs);

    internal void Resynced(long dropped)
    {
        Interlocked.Increment(ref _resyncs);
        Interlocked.Add(ref _dropped, dropped);
    }

    internal void Sent(TimeSpan took)
    {
        Interlocked.Increment(ref _messages);
        var ms = (long)took.TotalMilliseconds;
        while (Volatile.Read(ref _slowestSendMs) is var slowest && ms > slowest && Interlocked.CompareExchange(ref _slowestSendMs, ms, slowest) != slowest)
        {
        }
    }
}
