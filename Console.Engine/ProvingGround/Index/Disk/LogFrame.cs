using System.Buffers.Binary;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Engine.ProvingGround.Index.Disk;

/// <summary>One write to a log file: a mark, the length, a checksum over both length and payload, the payload. What is written between two syncs is one frame, so only the last can be torn.</summary>
internal static class LogFrame
{
    public const int Head = 4 + 4 + 8;

    /// <summary>Bytes of a payload: a batch of entries and what one may be longer.</summary>
    public const int Most = 64 << 20;

    private const uint Mark = 0x49584C47;

    public static byte[] Make(ReadOnlySpan<byte> payload)
    {
        var frame = GC.AllocateUninitializedArray<byte>(Head + payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), payload.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(8), Checksum(frame.AsSpan(4, 4), payload));
        payload.CopyTo(frame.AsSpan(Head));
        return frame;
    }

    /// <summary>The payload of the frame that begins here; null where none does, or not a whole one.</summary>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < Head || BinaryPrimitives.ReadUInt32LittleEndian(span) != Mark)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(span[4..]);
        if (length < 0 || length > span.Length - Head)
        {
            return null;
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(span[8..]) != Checksum(span.Slice(4, 4), span.Slice(Head, length)))
        {
            // Not in one expression with what follows: a null there would become an empty memory.
            return null;
        }

        return bytes.Slice(Head, length);
    }

    /// <summary>Whether a whole frame begins anywhere in this: then what came before it was not the end.</summary>
    public static bool AnyIn(ReadOnlyMemory<byte> bytes)
    {
        Span<byte> mark = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, Mark);
        var from = 0;
        while (bytes.Span[from..].IndexOf(mark) is var at && at >= 0)
        {
            from += at;
            if (Read(bytes[from..]) is not null)
            {
                return true;
            }

            from++;
        }

        return false;
    }

    private static ulong Checksum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload) => Crc64Nvme.Append(Crc64Nvme.Compute(length), payload);
}
