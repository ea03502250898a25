using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Health as a function of what the hosts run, so that it is the same after the engine was killed.</summary>
public sealed class ScriptedHealth(ScriptedHosts hosts) : IHealthSource
{
    public HostDriver Kind => HostDriver.Simulated;

    /// <summary>What is seen of candidates that run a release; by default all is well.</summary>
    public Func<string?, HealthQuery, Reading, Reading> Seen { get; set; } = (_, _, reading) => reading;

    /// <summary>What the source answers in all; by default a reading of each metric.</summary>
    public Func<string?, ImmutableArray<Reading>, ImmutableArray<Reading>> Answers { get; set; } = (_, readings) => readings;

    public ValueTask<ImmutableArray<Reading>> ReadAsync(HealthQuery query, CancellationToken cancel)
    {
        var release = query.Candidates.Select(hosts.Running).GroupBy(one => one).OrderByDescending(group => group.Count()).First().Key;
        ImmutableArray<Reading> well =
        [
            new(Metrics.ErrorRate, "router", 0.001, 100) { Baseline = query.Baseline.IsEmpty ? null : 0.001, BaselineSamples = query.Baseline.IsEmpty ? 0 : 100 },
            new(Metrics.LatencyP99, "router", 20, 100) { Baseline = query.Baseline.IsEmpty ? null : 20, BaselineSamples = query.Baseline.IsEmpty ? 0 : 100 },
            new(Metrics.Availability, "host", 1, 20),
            new(Metrics.ProbeSuccess, "probe", 1, 30),
        ];
        return ValueTask.FromResult(Answers(release, [.. well.Select(reading => Seen(release, query, reading))]));
    }
}
