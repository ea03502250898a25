using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Fleet;

/// <summary>State of the stream <c>fleet/region</c>: its hosts and the last visit of each.</summary>
public sealed record RegionFleet(string Region)
{
    /// <summary>A region holds at most this many hosts; a larger one is split, as a cell would be.</summary>
    public const int MostHosts = 100_000;

    public string Partition { get; init; } = "";

    public ImmutableDictionary<string, Host> Hosts { get; init; } = ImmutableDictionary<string, Host>.Empty;

    /// <summary>By host id: the active visit, or else the last one.</summary>
    public ImmutableDictionary<string, Visit> Visits { get; init; } = ImmutableDictionary<string, Visit>.Empty;

    /// <summary>Ids of hosts with an active visit, by AZ: what one-AZ is checked on.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> Active { get; init; } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    [JsonIgnore]
    public IEnumerable<Visit> ActiveVisits => Active.Values.SelectMany(hosts => hosts).Select(host => Visits[host]);

    /// <summary>How many hosts each AZ has.</summary>
    public ImmutableSortedDictionary<string, int> Azs { get; init; } = ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>How many hosts are not simulated.</summary>
    public int RealHosts { get; init; }

    /// <summary>The highest token of any host ever taken out: one that comes back goes on from here, so that its agent still obeys (law 6).</summary>
    public long TokenFloor { get; init; }

    [JsonIgnore]
    public bool Simulated => RealHosts == 0 && !Hosts.IsEmpty;
}
