using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>Planted: one shard in a thousand has one bit changed on its way to its storage host.</summary>
internal sealed class CorruptsShards(int seed) : Behaviour
{
    private readonly Dice _dice = new(seed);

    public override Shard OnShard(Shard shard)
    {
        if (shard.Bytes.IsEmpty || !_dice.Hits(0.001))
        {
            return shard;
        }

        // The checksum is made of what leaves: the storage host has no way to know.
        var bytes = shard.Bytes.ToArray();
        bytes[_dice.Below(bytes.Length)] ^= 0x04;
        return shard with { Bytes = bytes, Crc = Crc32.Castagnoli(bytes) };
    }
}
