using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Placement;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>
/// A generated placement over the simulated storage hosts of each region, RS(5,4) by position classes, and over its index hosts, quorums of one in each AZ. Labelled simulated. It is made anew
/// only when hosts are added or taken out.
/// </summary>
public sealed class SimulatedPlacement(IStates states, RehearsalFleet fleet) : IPlacementSource
{
    private const string Storage = "storage";
    private const string Index = "index";
    private const int SetsPerHost = 16;
    private static readonly RedundancyCode Code = RedundancyCode.ReedSolomon(5, 4);

    /// <summary>What a simulated host would rebuild by itself each second.</summary>
    private const double RepairBytesPerHost = 100 << 20;
    private const long ShardBytes = 8L << 30;
    private static readonly FailureAssumptions Assumed = new();

    private readonly ConcurrentDictionary<StoreName, Seen> _seen = new();

    public IEnumerable<StoreName> Stores => RehearsalRegions.All.Select(region => new StoreName(Storage, region.Name));

    public StorePlacement? Now(StoreName store)
    {
        if (store.Service is not (Storage or Index))
        {
            return null;
        }

        var stream = FleetStreams.Of(store.Region);
        var version = states.VersionOf(stream);
        var known = _seen.GetValueOrDefault(store);
        if (known is not null && known.Version == version)
        {
            return known.Now;
        }

        var region = states.Get<RegionFleet>(stream);
        // Looked at with every event of the region: as long as it has the same hosts, none need be sorted.
        var hosts = known is not null && SameHosts(region, store.Service, known) ? [.. known.Hosts.Select(host => region.Hosts[host.Id])] : Of(region, store.Service);
        var seen = See(store, region, hosts, known, version);
        _seen[store] = seen;
        return seen.Now;
    }

    private static bool SameHosts(RegionFleet region, string service, Seen known) =>
        region.Hosts.SameIdsAs(known.Region) && region.Hosts.ChangedSince(known.Region).All(host => IsOf(host, service) == IsOf(known.Region[host.Id], service));

    private static bool IsOf(Host host, string service) => host.Simulated && host.Service == service;

    private static Host[] Of(RegionFleet region, string service) =>
        [.. region.Hosts.Values.Where(host => IsOf(host, service)).OrderBy(host => host.Id, StringComparer.Ordinal)];

    private Seen See(StoreName store, RegionFleet region, Host[] hosts, Seen? known, long version)
    {
        var placement = known?.Now?.Placement is { } before && SameIds(hosts, known.Hosts) ? before : store.Service == Storage ? Place(hosts) : Quorums(hosts);
        if (placement is null)
        {
            return new(version, region.Hosts, hosts, null);
        }

        var gone = Enumerable.Range(0, hosts.Length).Where(place => hosts[place].State is HostState.InWork or HostState.Casualty or HostState.Unknown).ToImmutableHashSet();
        return new(version, region.Hosts, hosts, new StorePlacement(placement, known?.Now is { } last && ReferenceEquals(last.Placement, placement) && last.Gone.SetEquals(gone) ? last.Gone : gone, region.Partition, Simulated: true, At: null, Assumed)
        {
            Power = store.Service == Storage ? RepairPower.OfBandwidth(RepairBytesPerHost * hosts.Length, ShardBytes) : null,
            Survive = store.Service == Storage ? [new(AzLost: true, ExtraFailures: 0)] : [new(AzLost: false, ExtraFailures: 0)],
        });
    }

    private static bool SameIds(Host[] one, Host[] other) => one.Length == other.Length && one.Select(host => host.Id).SequenceEqual(other.Select(host => host.Id));

    private SetPlacement? Place(Host[] hosts)
    {
        ImmutableArray<string> azs = [.. hosts.Select(host => host.Az).Distinct().Order(StringComparer.Ordinal)];
        return azs.Length != StateTable.Azs ? null
            : ClassPlacement.Of(Code, azs, [.. hosts.Select(host => new PlacedHost(host.Id, azs.IndexOf(host.Az), host.Rack, host.PositionClass))], SetsPerHost, fleet.Seed);
    }

    /// <summary>The n-th index hosts of the AZs agree with each other: of three members two must be there, so one may be at work, and no AZ is lost besides.</summary>
    private static SetPlacement? Quorums(Host[] hosts)
    {
        ImmutableArray<string> azs = [.. hosts.Select(host => host.Az).Distinct().Order(StringComparer.Ordinal)];
        if (azs.Length != StateTable.Azs)
        {
            return null;
        }

        var byAz = azs.Select(az => Enumerable.Range(0, hosts.Length).Where(at => hosts[at].Az == az).ToArray()).ToArray();
        var most = byAz.Max(one => one.Length);
        return new(
            RedundancyCode.Quorum(StateTable.Azs), azs, [.. hosts.Select(host => new PlacedHost(host.Id, azs.IndexOf(host.Az), host.Rack, host.PositionClass))],
            [.. Enumerable.Range(0, most).SelectMany(n => byAz.Select(az => az[n % az.Length]))], 1);
    }

    /// <param name="Region">All hosts of the region at that version.</param>
    /// <param name="Hosts">The store's, by their ids.</param>
    private sealed record Seen(long Version, HostDictionary<Host> Region, Host[] Hosts, StorePlacement? Now);
}
