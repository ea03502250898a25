using OpsConsole.Engine.ProvingGround.Measures;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>Counts one host's answers to one operation since the router started.</summary>
internal sealed class OperationMeter
{
    private readonly Lock _lock = new();
    private readonly long[] _latency = new long[LatencyBuckets.Count];
    private long _requests;
    private long _failed;

    /// <param name="status">0 where no answer came.</param>
    public void Count(int status, TimeSpan took)
    {
        lock (_lock)
        {
            _requests++;
            _failed += status is 0 or >= 500 ? 1 : 0;
            _latency[LatencyBuckets.Of(took)]++;
        }
    }

    public OperationSeen Seen()
    {
        lock (_lock)
        {
            return new OperationSeen(_requests, _failed, LatencyBuckets.PercentileMs(_latency, 0.5), LatencyBuckets.PercentileMs(_latency, 0.99));
        }
    }
}
