using OpsConsole.Engine.Fleet;
using OpsConsole.Web.Rollouts;

namespace OpsConsole.Web.Shell;

/// <summary>Finds places by what people type.</summary>
public sealed class PaletteSearch(FleetSummaries fleet, RolloutReader rollouts)
{
    public const int Most = 20;

    public IReadOnlyList<PaletteHit> Find(string text)
    {
        var wanted = text.Trim();
        var regions = fleet.Now.Regions;
        var places = NavItems.All.Select(item => new PaletteHit(item.Name, "page", item.Href))
            .Concat(regions.Select(region => new PaletteHit(region.Region, $"region, {region.Partition}", $"/fleet/{region.Region}")))
            .Concat(rollouts.List.Select(rollout => new PaletteHit(rollout.Id, $"rollout, {RolloutLooks.Words(rollout.Status)}", $"/rollouts/{rollout.Id}")))
            .Where(hit => hit.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase));
        var hosts = wanted.Length < 2
            ? []
            : regions.SelectMany(region => region.Hosts).Where(host => host.Id.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
                .Select(host => new PaletteHit(host.Id, $"host, {host.Az}", $"/fleet/{host.Region}/{host.Id}"));
        return [.. places.Concat(hosts).Take(Most)];
    }
}

/// <param name="Kind">What it is, in words.</param>
public sealed record PaletteHit(string Name, string Kind, string Href);
