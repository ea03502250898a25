using System.Buffers.Binary;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>A shard's record in a segment: a header of 40 bytes that has its own checksum, then the bytes, then zeros up to a multiple of 8.</summary>
internal static class ShardRecord
{
    public const int HeaderBytes = 40;

    public const int Alignment = 8;

    private const uint Magic = 0x31_44_52_53;

    public static long SizeOf(int length) => (HeaderBytes + length + Alignment - 1) / Alignment * Alignment;

    public static byte[] Pack(Shard shard)
    {
        var bytes = new byte[SizeOf(shard.Bytes.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), shard.Name.Position);
        shard.Name.Blob.TryWriteBytes(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), shard.Group);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), shard.Bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), shard.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(36), Crc32.Castagnoli(bytes.AsSpan(0, 36)));
        shard.Bytes.Span.CopyTo(bytes.AsSpan(HeaderBytes));
        return bytes;
    }

    /// <summary>Null where these are no header as it was packed.</summary>
    public static ShardHead? Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != Crc32.Castagnoli(bytes[..36]))
        {
            return null;
        }

        var head = new ShardHead(
            new ShardName(new Guid(bytes.Slice(8, 16)), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..])),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]));
        return head is { Length: >= 0 and <= Shard.MaxBytes, Name.Position: >= 0 and < 9 } ? head : null;
    }
}

/// <summary>What a record says of the shard behind it.</summary>
internal readonly record struct ShardHead(ShardName Name, int Group, int Length, uint Crc);
