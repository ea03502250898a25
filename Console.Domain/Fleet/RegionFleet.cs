using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Fleet;

/// <summary>State of the stream <c>fleet/region</c>: its hosts and the last visit of each.</summary>
public sealed record RegionFleet(string Region)
{
    /// <summary>A region holds at most this many hosts; a larger one is split, as a cell would be.</summary>
    public const int MostHosts = 100_000;

    private FleetTally? _tally;
    private ImmutableDictionary<string, int>? _working;

    public string Partition { get; init; } = "";

    /// <summary>Who sets them anew either says what the counts are then, or has them found again when they are asked for.</summary>
    public HostDictionary<Host> Hosts
    {
        get;
        init => (field, _tally) = (value, null);
    } = HostDictionary<Host>.Empty;

    /// <summary>By host id: the active visit, or else the last one.</summary>
    public HostDictionary<Visit> Visits { get; init; } = HostDictionary<Visit>.Empty;

    /// <summary>Ids of hosts with an active visit, by AZ: what one-AZ is checked on.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> Active
    {
        get;
        init => (field, _working) = (value, null);
    } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    [JsonIgnore]
    public IEnumerable<Visit> ActiveVisits => Active.Values.SelectMany(hosts => hosts).Select(host => Visits[host]);

    /// <summary>The hosts, counted.</summary>
    internal FleetTally Tally
    {
        get => _tally ??= FleetTally.Of(Hosts.Values);
        init => _tally = value;
    }

    /// <summary>How many active visits each rollout has here.</summary>
    internal ImmutableDictionary<string, int> Working
    {
        get => _working ??= ActiveVisits.Where(visit => visit.Rollout is not null).GroupBy(visit => visit.Rollout!).ToImmutableDictionary(rollout => rollout.Key, rollout => rollout.Count());
        init => _working = value;
    }

    /// <summary>How many hosts each AZ has.</summary>
    public ImmutableSortedDictionary<string, int> Azs { get; init; } = ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>How many hosts are not simulated.</summary>
    public int RealHosts { get; init; }

    /// <summary>The highest token of any host ever taken out: one that comes back goes on from here, so that its agent still obeys (law 6).</summary>
    public long TokenFloor { get; init; }

    /// <summary>The rollouts that have visits under way here.</summary>
    [JsonIgnore]
    public IEnumerable<string> AtWork => Working.Keys;

    [JsonIgnore]
    public bool Simulated => RealHosts == 0 && !Hosts.IsEmpty;
}
