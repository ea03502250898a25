using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Measures;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>One web host as the router knows it.</summary>
internal sealed class RoutedHost(string id, TimeProvider clock)
{
    /// <summary>Seconds of counts the router keeps: a console that was away this long misses nothing.</summary>
    public const int SecondsKept = 900;

    private readonly ConcurrentDictionary<string, OperationMeter> _operations = new();
    private int _inFlight;
    private int _failedChecks;

    public string Id => id;

    public HostMeter Meter { get; } = new(id, clock, SecondsKept);

    public bool Healthy => Volatile.Read(ref _failedChecks) < 2;

    public int InFlight => Volatile.Read(ref _inFlight);

    public ImmutableSortedDictionary<string, OperationSeen> Operations => _operations.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Seen());

    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <param name="status">0 where no answer came.</param>
    public void Count(string operation, int status, TimeSpan took)
    {
        Meter.Count(status, took);
        _operations.GetOrAdd(operation, _ => new OperationMeter()).Count(status, took);
    }

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    public void Checked(bool answered) => Volatile.Write(ref _failedChecks, answered ? 0 : Math.Min(2, Volatile.Read(ref _failedChecks) + 1));

    /// <summary>It refused a connection: out until it answers a check.</summary>
    public void Refused() => Volatile.Write(ref _failedChecks, 2);
}
