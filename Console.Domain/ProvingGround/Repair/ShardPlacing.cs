using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Domain.ProvingGround.Repair;

/// <summary>A storage host that shards may go to.</summary>
public sealed record ShardHome(string Host, string Az);

/// <summary>Which host takes a position whose host is lost.</summary>
public static class ShardPlacing
{
    /// <summary>In the same AZ, whoever has the fewest positions of the group, then the fewest of all; null where there is none.</summary>
    /// <param name="homes">Hosts that answer.</param>
    public static string? Choose(PlacementMap map, int group, string az, IEnumerable<ShardHome> homes) =>
        homes.Where(home => home.Az == az)
            .OrderBy(home => map.Groups[group].Hosts.Count(host => host == home.Host))
            .ThenBy(home => map.Groups.Sum(one => one.Hosts.Count(host => host == home.Host)))
            .ThenBy(home => home.Host, StringComparer.Ordinal)
            .FirstOrDefault()?.Host;
}
