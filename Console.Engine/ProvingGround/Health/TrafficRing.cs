using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Engine.ProvingGround.Health;

/// <summary>The last hour of seconds, by host. Seconds come in order; what is older falls out.</summary>
internal sealed class TrafficRing
{
    private const int SecondsKept = 3_600;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<TrafficSecond>> _hosts = [];

    /// <summary>The last second there is anything of, since 1970; 0 where there is nothing.</summary>
    public long Newest { get; private set; }

    public void Add(IEnumerable<TrafficSecond> seconds)
    {
        lock (_lock)
        {
            foreach (var second in seconds)
            {
                if (!_hosts.TryGetValue(second.Host, out var kept))
                {
                    _hosts[second.Host] = kept = new Queue<TrafficSecond>();
                }

                kept.Enqueue(second);
                Newest = Math.Max(Newest, second.Second);
                while (kept.Peek().Second < second.Second - SecondsKept)
                {
                    kept.Dequeue();
                }
            }
        }
    }

    public Traffic Sum(string host, Window window)
    {
        var sum = new Traffic();
        lock (_lock)
        {
            foreach (var second in _hosts.GetValueOrDefault(host) ?? [])
            {
                if (window.Holds(second.Second))
                {
                    sum.Add(second);
                }
            }
        }

        return sum;
    }

    /// <summary>The same, cut into slices: those without traffic are empty.</summary>
    public Traffic[] Slices(string host, Window window)
    {
        var slices = SeriesSlices.Of(window.From, window.To);
        var sums = Enumerable.Range(0, slices.Count).Select(_ => new Traffic()).ToArray();
        lock (_lock)
        {
            foreach (var second in _hosts.GetValueOrDefault(host) ?? [])
            {
                if (slices.IndexOf(second.Second) is { } index)
                {
                    sums[index].Add(second);
                }
            }
        }

        return sums;
    }
}

/// <summary>Whole seconds since 1970, the first included, the last not: windows that follow one another hold each second once.</summary>
internal readonly record struct Window(long From, long To)
{
    public static Window Of(DateTimeOffset from, DateTimeOffset to) => new(from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());

    /// <summary>Without the seconds before the host came back, and without the one in which it did.</summary>
    public Window Since(HealthQuery query, string host) =>
        query.ChangedAt.TryGetValue(host, out var at) ? this with { From = Math.Max(From, at.ToUnixTimeSeconds() + 1) } : this;

    public bool Holds(long second) => second >= From && second < To;
}

/// <summary>Seconds summed.</summary>
internal sealed class Traffic
{
    private readonly long[] _latency = new long[LatencyBuckets.Count];

    public long Good { get; private set; }

    public long Failed { get; private set; }

    public long None { get; private set; }

    public long All => Good + Failed + None;

    public double? ErrorRate => All == 0 ? null : (double)(Failed + None) / All;

    public double? P99Ms => LatencyBuckets.PercentileMs(_latency, 0.99);

    public void Add(TrafficSecond second)
    {
        Good += second.Good;
        Failed += second.Failed;
        None += second.None;
        for (var i = 0; i < second.Latency.Length; i += 2)
        {
            _latency[second.Latency[i]] += second.Latency[i + 1];
        }
    }

    public Traffic Plus(Traffic other)
    {
        (Good, Failed, None) = (Good + other.Good, Failed + other.Failed, None + other.None);
        for (var bucket = 0; bucket < _latency.Length; bucket++)
        {
            _latency[bucket] += other._latency[bucket];
        }

        return this;
    }
}
