using System.Collections.Concurrent;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>Which storage hosts have stopped answering: three failures in a row, and a host is left out until a second has passed.</summary>
internal sealed class HostPulses(TimeProvider clock)
{
    private const int InARow = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Pulse> _pulses = new();

    public bool IsAway(string host) => _pulses.TryGetValue(host, out var pulse) && pulse.Failures >= InARow && clock.GetElapsedTime(pulse.At) < Rest;

    public void Answered(string host) => _pulses.TryRemove(host, out _);

    public void Failed(string host) =>
        _pulses.AddOrUpdate(host, _ => new Pulse(1, clock.GetTimestamp()), (_, pulse) => new Pulse(Math.Min(InARow, pulse.Failures + 1), clock.GetTimestamp()));

    private sealed record Pulse(int Failures, long At);
}
