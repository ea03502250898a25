using System.Collections.Concurrent;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Fleet;

/// <summary>The fleet counted, for all who look: a region is counted again only when it changed.</summary>
public sealed class FleetSummaries
{
    private readonly ConcurrentDictionary<string, (long Version, RegionSummary Summary)> _regions = new(StringComparer.Ordinal);
    private readonly IStates _states;
    private readonly Shared<FleetSummary> _all;

    public FleetSummaries(IStates states, LiveFeed feed, TimeProvider clock)
    {
        _states = states;
        _all = new(feed, clock, Count);
    }

    public FleetSummary Now => _all.Get().Value;

    public RegionFleet Region(string region) => _states.Get<RegionFleet>(FleetStreams.Of(region));

    private FleetSummary Count() =>
        new([.. _states.All<RegionFleet>(FleetStreams.Family)
            .Select(fleet => _regions.AddOrUpdate(fleet.State.Region, _ => (fleet.Version, RegionSummary.Of(fleet.State)), (_, known) => known.Version == fleet.Version ? known : (fleet.Version, RegionSummary.Of(fleet.State))).Summary)
            .Where(region => region.Hosts.Length > 0)
            .OrderBy(region => region.Simulated).ThenBy(region => region.Partition, StringComparer.Ordinal).ThenBy(region => region.Region, StringComparer.Ordinal)]);
}
