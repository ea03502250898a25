using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet;

/// <summary>The whole fleet counted.</summary>
/// <param name="Regions">Real ones first, then by partition and name.</param>
public sealed record FleetSummary(ImmutableArray<RegionSummary> Regions)
{
    public int Hosts => Regions.Sum(region => region.Hosts.Length);

    public int InWork => Regions.Sum(region => region.InWork);

    public int Casualties => Regions.Sum(region => region.Casualties);

    /// <summary>How many hosts and regions a scope holds.</summary>
    public (int Hosts, int Regions) In(Scope scope)
    {
        var held = Regions.Select(region => HostsOf(region, scope)).Where(hosts => hosts > 0).ToArray();
        return (held.Sum(), held.Length);
    }

    /// <summary>The scope with what is known of where it lies, so that grants on a partition or region cover it; null where the fleet has no such place.</summary>
    public Scope? Place(Scope scope) =>
        scope.Kind switch
        {
            ScopeKind.Region => Regions.FirstOrDefault(region => region.Region == scope.Name) is { } found ? Scope.OfRegion(found.Region, found.Partition) : null,
            ScopeKind.Az => Regions.FirstOrDefault(region => region.Azs.Any(az => az.Az == scope.Name)) is { } home ? Scope.OfAz(scope.Name, home.Region, home.Partition) : null,
            ScopeKind.Partition => Regions.Any(region => region.Partition == scope.Name) ? scope : null,
            ScopeKind.Store => Regions.FirstOrDefault(region => HostsOf(region, scope) > 0) is { } place ? Scope.OfStore(scope.Service!, place.Region, place.Partition) : null,
            _ => scope,
        };

    private static int HostsOf(RegionSummary region, Scope scope) =>
        scope.Kind switch
        {
            ScopeKind.Global => region.Hosts.Length,
            ScopeKind.Partition => region.Partition == scope.Name ? region.Hosts.Length : 0,
            ScopeKind.Region => region.Region == scope.Name ? region.Hosts.Length : 0,
            ScopeKind.Az => region.Azs.FirstOrDefault(az => az.Az == scope.Name)?.Hosts ?? 0,
            ScopeKind.Store when region.Region != scope.Region => 0,
            ScopeKind.Store => region.Releases.Where(count => count.Service == scope.Service).Sum(count => count.Hosts),
            _ => region.Releases.Where(count => count.Service == scope.Name).Sum(count => count.Hosts),
        };
}
