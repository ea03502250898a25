using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>
/// A generated placement over the simulated storage hosts of each region, RS(5,4) by position classes. Labelled simulated. It is made anew only when hosts are added or taken out.
/// </summary>
public sealed class SimulatedPlacement(IStates states, RehearsalFleet fleet) : IPlacementSource
{
    private const string Service = "storage";
    private const int SetsPerHost = 16;
    private static readonly CodeShape Code = CodeShape.ReedSolomon(5, 4);

    /// <summary>What a simulated host would rebuild by itself each second.</summary>
    private const double RepairBytesPerHost = 100 << 20;
    private const long ShardBytes = 8L << 30;
    private static readonly FailureAssumptions Assumed = new();

    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    public IEnumerable<StoreName> Stores => RehearsalRegions.All.Select(region => new StoreName(Service, region.Name));

    public StorePlacement? Now(StoreName store)
    {
        var stream = FleetStreams.Of(store.Region);
        var version = states.VersionOf(stream);
        var known = _seen.GetValueOrDefault(store.Region);
        if (known is not null && known.Version == version)
        {
            return known.Now;
        }

        var region = states.Get<RegionFleet>(stream);
        var hosts = region.Hosts.Values.Where(host => host is { Simulated: true, Role: HostRole.Storage }).OrderBy(host => host.Id, StringComparer.Ordinal).ToArray();
        var seen = See(region, hosts, known, version);
        _seen[store.Region] = seen;
        return seen.Now;
    }

    private Seen See(RegionFleet region, Host[] hosts, Seen? known, long version)
    {
        var placement = known?.Now?.Placement is { } before && before.Hosts.Length == hosts.Length && hosts.Select(host => host.Id).SequenceEqual(before.Hosts.Select(host => host.Id)) ? before : Place(hosts);
        if (placement is null)
        {
            return new(version, null);
        }

        var gone = Enumerable.Range(0, hosts.Length).Where(place => hosts[place].State is HostState.InWork or HostState.Casualty or HostState.Unknown).ToImmutableHashSet();
        return new(version, new StorePlacement(placement, known?.Now is { } last && ReferenceEquals(last.Placement, placement) && last.Gone.SetEquals(gone) ? last.Gone : gone, region.Partition, Simulated: true, At: null, Assumed)
        {
            Power = RepairPower.OfBandwidth(RepairBytesPerHost * hosts.Length, ShardBytes),
        });
    }

    private SetPlacement? Place(Host[] hosts)
    {
        ImmutableArray<string> azs = [.. hosts.Select(host => host.Az).Distinct().Order(StringComparer.Ordinal)];
        return azs.Length != StateTable.Azs ? null
            : GeneratedPlacement.Of(Code, azs, [.. hosts.Select(host => new PlacedHost(host.Id, azs.IndexOf(host.Az), host.Rack, host.PositionClass))], SetsPerHost, fleet.Seed);
    }

    private sealed record Seen(long Version, StorePlacement? Now);
}
