using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;

namespace OpsConsole.Web.Fleet;

/// <summary>One region: AZ by AZ, rack by rack, host by host.</summary>
/// <param name="Summary">Null where there is no such region.</param>
public sealed record RegionPageModel(RegionSummary? Summary, HostFilter Filter, IReadOnlyList<Host> Hosts)
{
    /// <summary>Racks drawn per AZ; more are in the list.</summary>
    public const int MostRacks = 24;

    public IReadOnlyList<string> Releases => [.. Summary?.Releases.Select(count => count.Release ?? HostFilter.NoRelease).Distinct() ?? []];

    public IEnumerable<IGrouping<string, Host>> Racks(string az) => InAz(az).GroupBy(host => host.Rack).Take(MostRacks);

    public int RacksIn(string az) => InAz(az).Select(host => host.Rack).Distinct().Count();

    public static RegionPageModel Of(FleetSummary fleet, string region, HostFilter filter)
    {
        var summary = fleet.Regions.FirstOrDefault(one => one.Region == region);
        return new(summary, filter, summary is null ? [] : [.. summary.Hosts.Where(filter.Lets)]);
    }

    private IEnumerable<Host> InAz(string az) => Summary?.Hosts.Where(host => host.Az == az) ?? [];
}
