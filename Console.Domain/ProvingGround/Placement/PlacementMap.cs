using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Placement;

/// <summary>Where shards lie: each group names nine hosts, three in each AZ; shard i of an extent lies on the group's host in position i. Kept by the index, changed only through it.</summary>
public sealed record PlacementMap(ImmutableArray<PlacementGroup> Groups)
{
    /// <summary>Grows by one every so often (<see cref="Index.Generations"/>): the one clock by which a write is too late and a shard that nothing names is dead.</summary>
    public long Generation { get; init; }

    /// <summary>Positions of a group: 5 of data, 4 of parity.</summary>
    public const int Positions = 9;

    /// <summary>How many shards give an extent back.</summary>
    public const int Needed = 5;

    /// <summary>Whether group i stands at place i and each names a host for every position.</summary>
    public bool IsWhole => Groups.Length > 0 && Groups.Select((group, at) => group.Number == at && group.Hosts.Length == Positions && group.Epoch > 0).All(whole => whole);
}

/// <param name="Hosts">Nine; position i is of AZ i mod 3, so an AZ holds three and its loss leaves six.</param>
/// <param name="Epoch">Grows by one with each move, from 1.</param>
public sealed record PlacementGroup(int Number, ImmutableArray<string> Hosts, long Epoch);
