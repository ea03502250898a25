namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: one shard in a thousand has one bit changed on its way to its storage host.</summary>
internal sealed class CorruptsShards(int seed) : Behaviour
{
    private readonly Dice _dice = new(seed);

    public override void OnShard(Span<byte> shard)
    {
        if (shard.Length > 0 && _dice.Hits(0.001))
        {
            shard[_dice.Below(shard.Length)] ^= 0x04;
        }
    }
}
