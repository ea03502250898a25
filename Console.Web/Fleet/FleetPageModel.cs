using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;

namespace OpsConsole.Web.Fleet;

/// <summary>What the fleet page shows: the hosts that match, and what may be picked.</summary>
public sealed record FleetPageModel(FleetSummary Fleet, HostFilter Filter, IReadOnlyList<Host> Hosts)
{
    public IReadOnlyList<string> Releases => [.. Fleet.Regions.SelectMany(region => region.Releases).Select(count => count.Release ?? HostFilter.NoRelease).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Regions in the filter's scope.</summary>
    public IReadOnlyList<RegionSummary> Regions => [.. Fleet.Regions.Where(region => region.Hosts.Any(new HostFilter(Filter.Scope).Lets))];

    public static FleetPageModel Of(FleetSummary fleet, HostFilter filter) => new(fleet, filter, filter.In(fleet));
}
