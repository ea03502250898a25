namespace OpsConsole.Engine.ProvingGround.Health;

/// <summary>One look at one process.</summary>
internal readonly record struct MemorySample(long Second, int Pid, long ResidentBytes, long Requests);

/// <summary>The last hour of looks at each host's memory.</summary>
internal sealed class MemoryRing
{
    private const int SamplesKept = 3_600;

    /// <summary>A process that has just started grows by compiling and filling its pools; what it took by then is not a leak.</summary>
    private const long WarmRequests = 150;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<MemorySample>> _hosts = [];

    public void Add(string host, MemorySample sample)
    {
        lock (_lock)
        {
            if (!_hosts.TryGetValue(host, out var kept))
            {
                _hosts[host] = kept = new Queue<MemorySample>();
            }

            kept.Enqueue(sample);
            if (kept.Count > SamplesKept)
            {
                kept.Dequeue();
            }
        }
    }

    /// <summary>Bytes grown and requests served within the window by the process that ran last in it, warm-up left out; zeros where there is too little.</summary>
    public (double Bytes, long Requests) Growth(string host, Window window)
    {
        MemorySample[] seen;
        lock (_lock)
        {
            seen = [.. (_hosts.GetValueOrDefault(host) ?? []).Where(sample => window.Holds(sample.Second))];
        }

        var warm = seen.Where(sample => sample.Pid == seen[^1].Pid && sample.Requests >= WarmRequests).ToArray();
        return warm.Length < 4 ? (0, 0) : (Middle(warm[^3..]) - Middle(warm[..3]), warm[^1].Requests - warm[0].Requests);
    }

    /// <summary>Of three looks the middle one: a collection may just run in one of them.</summary>
    private static double Middle(MemorySample[] three) => three.Select(sample => (double)sample.ResidentBytes).Order().ElementAt(1);
}
