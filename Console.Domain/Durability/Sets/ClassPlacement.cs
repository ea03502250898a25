using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Durability.Sets;

/// <summary>
/// A placement for a simulated fleet, the same for the same hosts and seed: in every AZ the hosts fall into as many parts as a set has shards there, by class, and a
/// set takes one host of each part. No set then has two hosts of one class, and a class can be taken out at once.
/// </summary>
public static class ClassPlacement
{
    /// <param name="setsPerHost">About as many.</param>
    /// <returns>Null where an AZ has fewer hosts than a set has shards there.</returns>
    public static SetPlacement? Of(RedundancyCode code, ImmutableArray<string> azs, ImmutableArray<PlacedHost> hosts, int setsPerHost, int seed)
    {
        var random = new Random(seed);
        var parts = new List<int[]>();
        for (var shard = 0; shard < code.Shards; shard++)
        {
            // Shard i lies in AZ i mod 3, so an AZ holds a third, rounded up in the first ones.
            var (az, part, inAz) = (shard % azs.Length, shard / azs.Length, (code.Shards - (shard % azs.Length) + azs.Length - 1) / azs.Length);
            parts.Add([.. Enumerable.Range(0, hosts.Length).Where(host => hosts[host].Az == az).OrderBy(host => hosts[host].Class).ThenBy(host => hosts[host].Id, StringComparer.Ordinal).Where((host, _) => hosts[host].Class % inAz == part)]);
        }

        if (parts.Any(part => part.Length == 0))
        {
            return null;
        }

        var each = parts.Max(part => part.Length);
        var members = ImmutableArray.CreateBuilder<int>(checked(setsPerHost * each * code.Shards));
        for (var round = 0; round < setsPerHost; round++)
        {
            parts.ForEach(part => random.Shuffle(part));
            for (var set = 0; set < each; set++)
            {
                foreach (var part in parts)
                {
                    members.Add(part[set % part.Length]);
                }
            }
        }

        return new(code, azs, hosts, members.MoveToImmutable(), 1);
    }
}
