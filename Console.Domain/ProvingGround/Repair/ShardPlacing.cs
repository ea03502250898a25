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

    /// <summary>The first map: position i in AZ i mod 3, each group turned by one so that every host is first in some.</summary>
    /// <param name="hosts">For each of three AZs at least one host; with three or more a group puts no two shards on one.</param>
    /// <param name="groups">1 to 1,000.</param>
    public static PlacementMap First(IReadOnlyList<IReadOnlyList<string>> hosts, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hosts.Count, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groups, 1_000);
        return new PlacementMap([.. Enumerable.Range(0, groups).Select(group => new PlacementGroup(
            group,
            [.. Enumerable.Range(0, PlacementMap.Positions).Select(position => hosts[position % 3][((position / 3) + group + (group / 3 * (position % 3))) % hosts[position % 3].Count])],
            1))]);
    }
}
