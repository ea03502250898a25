using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Observes how hosts and customers fare. It is never told which release is bad.</summary>
public interface IHealthSource
{
    HostDriver Kind { get; }

    /// <summary>
    /// Readings over a window, at most one per metric. A source that cannot answer gives readings with <see cref="Reading.Failure"/>; it does not throw
    /// and it does not block: slow sources keep their last answers in memory and read ahead.
    /// </summary>
    ValueTask<ImmutableArray<Reading>> ReadAsync(HealthQuery query, CancellationToken cancel);
}

/// <param name="Candidates">Ids of the hosts that run the candidate release and are judged.</param>
/// <param name="Baseline">Ids of hosts of the same service and region that do not; may be empty.</param>
/// <param name="From">Start of the window, UTC.</param>
/// <param name="To">End of the window, UTC.</param>
public sealed record HealthQuery(string Region, string Service, ImmutableArray<string> Candidates, ImmutableArray<string> Baseline, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The candidates as the fleet had them when the window was due; empty where only their ids are known.</summary>
    public ImmutableArray<Host> CandidateHosts { get; init; } = [];

    /// <summary>The baseline's hosts, likewise.</summary>
    public ImmutableArray<Host> BaselineHosts { get; init; } = [];

    /// <summary>Whether readings are wanted with their <see cref="Reading.Series"/>.</summary>
    public bool Series { get; init; }

    /// <summary>When candidates came back from their last visit; what was seen of a host before that must not count. Hosts that are not named count throughout.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ChangedAt { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;
}
