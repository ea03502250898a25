using System.Numerics;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Domain.ProvingGround.Repair;

/// <summary>An extent that has fewer than nine good shards.</summary>
/// <param name="Missing">Bit i: shard i is missing or corrupt.</param>
/// <param name="Awaited">Bit i: shard i is on a host that does not answer, and may be back. Part of <paramref name="Missing"/>.</param>
/// <param name="Since">When the first of them was found missing.</param>
public sealed record RepairItem(Extent Extent, uint Missing, uint Awaited, DateTimeOffset Since)
{
    /// <summary>How many more shards may go; 4 for a whole extent, below 0 where it cannot be read now.</summary>
    public int Slack => SlackOf(Missing);

    /// <summary>What can be rebuilt at once, since its host answers.</summary>
    public uint Mendable => Slack >= 0 ? Missing & ~Awaited : 0;

    public static int SlackOf(uint missing) => PlacementMap.Positions - PlacementMap.Needed - BitOperations.PopCount(missing);
}
