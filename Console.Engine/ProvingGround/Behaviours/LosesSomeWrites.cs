using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: one shard in fifty is acknowledged and never put on disk. No reader notices while the other eight are there.</summary>
internal sealed class LosesSomeWrites(int seed) : ShardKeeping
{
    private readonly Dice _dice = new(seed);

    public override bool Keeps(Shard shard) => !_dice.Hits(0.02);
}
