using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Measures;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>What the router saw.</summary>
/// <param name="Now">The router's second, since 1970; seconds before it are complete.</param>
public sealed record RouterReport(long Now, ImmutableArray<RouterHost> Hosts, ImmutableArray<TrafficSecond> Seconds);

/// <param name="Healthy">Whether it answered the router's last health checks.</param>
/// <param name="InFlight">Requests it is answering now.</param>
/// <param name="Operations">Since the router started, by operation.</param>
public sealed record RouterHost(string Id, int Weight, bool Drained, bool Healthy, int InFlight, ImmutableSortedDictionary<string, OperationSeen> Operations)
{
    /// <summary>When its weight falls back by itself unless somebody renews it; null where it is the confirmed one.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }
}

/// <param name="Failed">Answered 500 and up, or not at all.</param>
/// <param name="P50Ms">Until the answer began, milliseconds, within 9 %; null where nothing was counted.</param>
/// <param name="P99Ms">As <paramref name="P50Ms"/>.</param>
public sealed record OperationSeen(long Requests, long Failed, double? P50Ms, double? P99Ms);
