using System.Buffers.Binary;
using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>How shard names and states travel between the ground's processes.</summary>
internal static class ShardWire
{
    public const int MostNames = 1_000;
    public const int NameBytes = 17;
    public const string Crc = "x-ground-crc32c";
    public const string Group = "x-ground-group";
    public const string State = "x-ground-shard";

    public static byte[] Pack(ImmutableArray<ShardName> names)
    {
        var bytes = new byte[names.Length * NameBytes];
        for (var i = 0; i < names.Length; i++)
        {
            names[i].Blob.TryWriteBytes(bytes.AsSpan(i * NameBytes));
            bytes[(i * NameBytes) + 16] = (byte)names[i].Position;
        }

        return bytes;
    }

    /// <summary>Null where these are no names.</summary>
    public static ImmutableArray<ShardName>? Unpack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % NameBytes != 0 || bytes.Length > MostNames * NameBytes)
        {
            return null;
        }

        var names = ImmutableArray.CreateBuilder<ShardName>(bytes.Length / NameBytes);
        for (var at = 0; at < bytes.Length; at += NameBytes)
        {
            if (bytes[at + 16] > 8)
            {
                return null;
            }

            names.Add(new ShardName(new Guid(bytes.Slice(at, 16)), bytes[at + 16]));
        }

        return names.MoveToImmutable();
    }

    /// <summary>A report of a shard that is not what it should be: its name and its placement group.</summary>
    public static byte[] PackReport(ShardName name, int group)
    {
        var bytes = new byte[NameBytes + 4];
        Pack([name]).CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(NameBytes), group);
        return bytes;
    }

    public static (ShardName Name, int Group)? UnpackReport(ReadOnlySpan<byte> bytes) =>
        bytes.Length == NameBytes + 4 && Unpack(bytes[..NameBytes]) is [var name] ? (name, BinaryPrimitives.ReadInt32LittleEndian(bytes[NameBytes..])) : null;
}
