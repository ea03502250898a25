using System.Buffers.Binary;
using System.Text.Json;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>
/// An object as it travels and as it lies on disk: <c>PGO1</c>, the header's length, the header, the content, and a CRC-64/NVME over all before it.
/// The web host makes the checksum; storage hosts verify it before they write and after every read, the web host again on arrival.
/// </summary>
public static class Envelope
{
    /// <summary>Bytes an envelope may have besides content.</summary>
    public const int MaxOverhead = 16 * 1024;

    private const uint Magic = 0x314F4750;
    private const int Prefix = 8;
    private const int Suffix = 8;

    public static byte[] Pack(ObjectHeader header, ReadOnlySpan<byte> content)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(header, GroundJson.Default.ObjectHeader);
        var bytes = GC.AllocateUninitializedArray<byte>(Prefix + head.Length + content.Length + Suffix);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), head.Length);
        head.CopyTo(bytes.AsSpan(Prefix));
        content.CopyTo(bytes.AsSpan(Prefix + head.Length));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - Suffix), Crc64Nvme.Compute(bytes.AsSpan(0, bytes.Length - Suffix)));
        return bytes;
    }

    /// <summary>Null where a single bit is not as it was packed.</summary>
    public static StoredObject? Unpack(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Prefix + Suffix || BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[^Suffix..]) != Crc64Nvme.Compute(bytes.Span[..^Suffix]))
        {
            return null;
        }

        return Head(bytes.Span) is { } head ? new StoredObject(head.Header, bytes[head.Length..^Suffix]) : null;
    }

    /// <summary>The header alone, not verified, from the first bytes of an envelope, with where the content begins; null where it is none.</summary>
    public static (ObjectHeader Header, int Length)? Head(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Prefix || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (length is < 2 or > MaxOverhead - Prefix - Suffix || bytes.Length < Prefix + length)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes.Slice(Prefix, length), GroundJson.Default.ObjectHeader) is { } header ? (header, Prefix + length) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
