using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Measures;

/// <summary>Counts one host's answers by the second and keeps the last <paramref name="kept"/> seconds in which there were any.</summary>
public sealed class HostMeter(string host, TimeProvider clock, int kept)
{
    private readonly Lock _lock = new();
    private readonly Queue<TrafficSecond> _done = new();
    private readonly int[] _latency = new int[LatencyBuckets.Count];
    private readonly int[] _classes = new int[6];
    private long _second;

    /// <param name="status">0 where no answer came.</param>
    public void Count(int status, TimeSpan took)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            CloseBefore(now);
            _classes[Math.Clamp(status / 100, 0, 5)]++;
            _latency[LatencyBuckets.Of(took)]++;
        }
    }

    /// <summary>Seconds that have ended, after the one given.</summary>
    public IReadOnlyList<TrafficSecond> After(long second)
    {
        lock (_lock)
        {
            CloseBefore(clock.GetUtcNow().ToUnixTimeSeconds());
            return [.. _done.Where(done => done.Second > second)];
        }
    }

    private void CloseBefore(long now)
    {
        if (now <= _second)
        {
            return;
        }

        if (_classes.Any(count => count > 0))
        {
            var latency = Enumerable.Range(0, _latency.Length).Where(bucket => _latency[bucket] > 0).SelectMany(bucket => new[] { bucket, _latency[bucket] }).ToImmutableArray();
            _done.Enqueue(new TrafficSecond(_second, host, _classes[1] + _classes[2] + _classes[3] + _classes[4], _classes[5], _classes[0], latency) { Classes = [_classes[1] + _classes[2], _classes[3], _classes[4]] });
            if (_done.Count > kept)
            {
                _done.Dequeue();
            }

            Array.Clear(_classes);
            Array.Clear(_latency);
        }

        _second = now;
    }
}
