using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Measures;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>What the router saw.</summary>
/// <param name="Now">The router's second, since 1970; seconds before it are complete.</param>
public sealed record RouterReport(long Now, ImmutableArray<RouterHost> Hosts, ImmutableArray<TrafficSecond> Seconds);

/// <param name="Healthy">Whether it answered the router's last health checks.</param>
/// <param name="InFlight">Requests it is answering now.</param>
/// <param name="Operations">Requests since the router started, by operation.</param>
public sealed record RouterHost(string Id, int Weight, bool Drained, bool Healthy, int InFlight, ImmutableSortedDictionary<string, long> Operations);
