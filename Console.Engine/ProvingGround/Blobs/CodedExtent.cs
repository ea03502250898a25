using System.Buffers;
using OpsConsole.Domain.ProvingGround.Coding;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>An extent as nine shards one after another, the last of the data padded with zeros.</summary>
internal sealed class CodedExtent
{
    private const int ParityOnward = 0b1_1111_0000;
    private static readonly ReedSolomon Code = new(PlacementMap.Needed, PlacementMap.Positions - PlacementMap.Needed);

    private readonly byte[] _shards;

    private CodedExtent(byte[] shards, int length, ulong crc) => (_shards, Length, Crc) = (shards, length, crc);

    /// <summary>Bytes before coding.</summary>
    public int Length { get; }

    /// <summary>CRC-64/NVME of the bytes before coding.</summary>
    public ulong Crc { get; }

    private int ShardLength => ShardLengthOf(Length);

    public static int ShardLengthOf(int length) => (length + PlacementMap.Needed - 1) / PlacementMap.Needed;

    /// <summary>Codes the content and proves, before anything leaves, that five of the shards give it back. Throws where they do not: this machine cannot be trusted.</summary>
    public static CodedExtent Encode(ReadOnlySpan<byte> content)
    {
        var crc = Crc64Nvme.Compute(content);
        var length = ShardLengthOf(content.Length);
        var shards = GC.AllocateUninitializedArray<byte>(length * PlacementMap.Positions);
        content.CopyTo(shards);
        shards.AsSpan(content.Length, (length * PlacementMap.Needed) - content.Length).Clear();
        Code.Encode(shards, length);
        var again = ArrayPool<byte>.Shared.Rent(shards.Length);
        try
        {
            // The sample that asks most of the code: all the parity and one shard of data.
            shards.AsSpan(length * 4).CopyTo(again.AsSpan(length * 4));
            Code.Reconstruct(again, length, ParityOnward);
            if (Crc64Nvme.Compute(again.AsSpan(0, content.Length)) != crc)
            {
                throw new InvalidDataException("an extent does not decode to what was encoded");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(again);
        }

        return new CodedExtent(shards, content.Length, crc);
    }

    public Shard Shard(Guid blob, int group, int position)
    {
        var bytes = _shards.AsMemory(position * ShardLength, ShardLength);
        return new Shard(new ShardName(blob, position), group, Crc32.Castagnoli(bytes.Span), bytes);
    }

    /// <summary>The content, from any five shards; null where they do not give what has this checksum.</summary>
    public static byte[]? Decode(IReadOnlyList<Shard> shards, int length, ulong crc)
    {
        var each = ShardLengthOf(length);
        if (shards.Any(shard => shard.Bytes.Length != each))
        {
            return null;
        }

        var all = ArrayPool<byte>.Shared.Rent(each * PlacementMap.Positions);
        try
        {
            uint present = 0;
            foreach (var shard in shards)
            {
                present |= 1u << shard.Name.Position;
                shard.Bytes.Span.CopyTo(all.AsSpan(shard.Name.Position * each));
            }

            return Code.Reconstruct(all, each, present, (1u << PlacementMap.Needed) - 1) && Crc64Nvme.Compute(all.AsSpan(0, length)) == crc ? all[..length] : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(all);
        }
    }
}
