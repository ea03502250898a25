using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Durability.Sets;

/// <param name="Az">0 to 2.</param>
/// <param name="Rack">Unique within its AZ.</param>
/// <param name="Class">Upgrade domain: no two shards of a set lie on hosts of one class.</param>
public sealed record PlacedHost(string Id, int Az, string Rack, int Class = 0);

/// <summary>Where the sets of one store lie, at one moment.</summary>
/// <param name="Azs">Names of its three AZs.</param>
/// <param name="Members">Set after set, the host of each shard by its place in <paramref name="Hosts"/>; −1 where a shard has none.</param>
/// <param name="Epoch">Grows with every move: what was worked out from an older one is stale.</param>
public sealed record SetPlacement(RedundancyCode Code, ImmutableArray<string> Azs, ImmutableArray<PlacedHost> Hosts, ImmutableArray<int> Members, long Epoch)
{
    public int Sets => Members.Length / Code.Shards;

    public ReadOnlySpan<int> HostsOf(int set) => Members.AsSpan(set * Code.Shards, Code.Shards);

    /// <summary>The same for whoever plans: hosts by their place, racks numbered.</summary>
    public PlacementMap ToMap()
    {
        var racks = new Dictionary<(int, string), int>();
        var hosts = new (int, int, int)[Hosts.Length];
        for (var host = 0; host < hosts.Length; host++)
        {
            var key = (Hosts[host].Az, Hosts[host].Rack);
            racks.TryAdd(key, racks.Count);
            hosts[host] = (Hosts[host].Az, racks[key], Hosts[host].Class);
        }

        var sets = new int[Sets][];
        for (var set = 0; set < sets.Length; set++)
        {
            sets[set] = [.. Members.AsSpan(set * Code.Shards, Code.Shards).ToArray().Where(host => host >= 0).Distinct()];
        }

        return PlacementMap.Of(hosts, sets);
    }

    /// <summary>Null where it is whole; else what is wrong, in words.</summary>
    public string? Fault =>
        Code.Fault ?? (Azs.Length != StateTable.Azs ? "a placement has three AZs"
            : Members.Length % Code.Shards != 0 ? "its last set is not whole"
            : Hosts.Any(host => host.Az is < 0 or >= StateTable.Azs) ? "a host lies in no AZ of it"
            : Members.Any(host => host < -1 || host >= Hosts.Length) ? "a shard lies on a host it does not list"
            : null);
}
