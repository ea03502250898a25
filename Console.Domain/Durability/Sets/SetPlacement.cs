using System.Collections.Immutable;

namespace OpsConsole.Domain.Durability.Sets;

/// <param name="Az">0 to 2.</param>
/// <param name="Rack">Unique within its AZ.</param>
/// <param name="Class">Upgrade domain: no two shards of a set lie on hosts of one class.</param>
public sealed record PlacedHost(string Id, int Az, string Rack, int Class = 0);

/// <summary>Where the sets of one store lie, at one moment.</summary>
/// <param name="Azs">Names of its three AZs.</param>
/// <param name="Members">Set after set, the host of each shard by its place in <paramref name="Hosts"/>; −1 where a shard has none.</param>
/// <param name="Epoch">Grows with every move: what was worked out from an older one is stale.</param>
public sealed record SetPlacement(CodeShape Code, ImmutableArray<string> Azs, ImmutableArray<PlacedHost> Hosts, ImmutableArray<int> Members, long Epoch)
{
    public int Sets => Members.Length / Code.Shards;

    public ReadOnlySpan<int> HostsOf(int set) => Members.AsSpan(set * Code.Shards, Code.Shards);

    /// <summary>Null where it is whole; else what is wrong, in words.</summary>
    public string? Fault =>
        Code.Fault ?? (Azs.Length != StateTable.Azs ? "a placement has three AZs"
            : Members.Length % Code.Shards != 0 ? "its last set is not whole"
            : Hosts.Any(host => host.Az is < 0 or >= StateTable.Azs) ? "a host lies in no AZ of it"
            : Members.Any(host => host < -1 || host >= Hosts.Length) ? "a shard lies on a host it does not list"
            : null);
}
