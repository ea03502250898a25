using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Measures;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>One web host as the router knows it.</summary>
internal sealed class RoutedHost(string id, TimeProvider clock)
{
    /// <summary>Seconds of counts the router keeps: a console that was away this long misses nothing.</summary>
    public const int SecondsKept = 900;

    private readonly ConcurrentDictionary<string, long> _operations = new();
    private int _inFlight;
    private int _failedChecks;

    public string Id => id;

    public HostMeter Meter { get; } = new(id, clock, SecondsKept);

    public bool Healthy => Volatile.Read(ref _failedChecks) < 2;

    public int InFlight => Volatile.Read(ref _inFlight);

    public ImmutableSortedDictionary<string, long> Operations => _operations.ToImmutableSortedDictionary();

    public void Enter(string operation)
    {
        Interlocked.Increment(ref _inFlight);
        _operations.AddOrUpdate(operation, 1, (_, count) => count + 1);
    }

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    public void Checked(bool answered) => Volatile.Write(ref _failedChecks, answered ? 0 : Math.Min(2, Volatile.Read(ref _failedChecks) + 1));

    /// <summary>It refused a connection: out until it answers a check.</summary>
    public void Refused() => Volatile.Write(ref _failedChecks, 2);
}
