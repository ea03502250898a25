using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Placement;

/// <summary>The map a new store begins with.</summary>
public static class FirstPlacement
{
    /// <summary>Few enough to hold a line each on a page, enough to spread a lost host's shards over all others.</summary>
    public const int Groups = 64;

    /// <param name="hosts">Storage hosts of the three AZs, each AZ in its own order; every AZ has at least one.</param>
    /// <returns>
    /// Position i lies in AZ i mod 3. An AZ's three positions go to three of its hosts, turned by one from group to group so that all hosts hold as many of each
    /// position; where it has fewer than three, a host holds several positions.
    /// </returns>
    public static PlacementMap Of(ImmutableArray<ImmutableArray<string>> hosts)
    {
        if (hosts.Length != 3 || hosts.Any(az => az.IsEmpty))
        {
            throw new ArgumentException("a placement needs three AZs with a storage host each", nameof(hosts));
        }

        return new PlacementMap([.. Enumerable.Range(0, Groups).Select(group => new PlacementGroup(group, [.. Enumerable.Range(0, PlacementMap.Positions).Select(position => Host(hosts, group, position))], 1))]);
    }

    private static string Host(ImmutableArray<ImmutableArray<string>> hosts, int group, int position)
    {
        var az = hosts[position % 3];
        return az[(group + (position / 3)) % az.Length];
    }
}
