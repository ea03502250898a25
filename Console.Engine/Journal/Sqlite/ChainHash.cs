using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// The hash chain. An event's hash is SHA-256 over, one after another: the previous event's hash (32 bytes; zeros before the first event);
/// sequence, version and time in ticks (8 bytes each, big-endian); then stream, type, actor, reason, cause, idempotency key and payload, each as
/// its length in bytes (4 bytes, big-endian) and its UTF-8 bytes. An absent text has length 0. No other two events have the same encoding.
/// </summary>
internal static class ChainHash
{
    public const int NumbersAt = ChainHead.HashBytes;
    public const int TextsAt = NumbersAt + (3 * sizeof(long));

    /// <summary>The hash that <paramref name="fields"/> must have after <paramref name="previous"/>.</summary>
    public static byte[] Of(ReadOnlySpan<byte> previous, in EventFields fields)
    {
        var size = TextsAt + (7 * sizeof(int)) + fields.Stream.Length + fields.Type.Length + fields.Actor.Length + fields.Reason.Length + fields.Cause.Length + fields.Key.Length + fields.Payload.Length;
        var rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var bytes = rented.AsSpan(0, size);
            previous.CopyTo(bytes);
            WriteNumbers(bytes, fields.Sequence, fields.Version, fields.At);
            var at = WriteText(bytes, TextsAt, fields.Stream);
            at = WriteText(bytes, at, fields.Type);
            at = WriteText(bytes, at, fields.Actor);
            at = WriteText(bytes, at, fields.Reason);
            at = WriteText(bytes, at, fields.Cause);
            at = WriteText(bytes, at, fields.Key);
            WriteText(bytes, at, fields.Payload);
            return SHA256.HashData(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static void WriteNumbers(Span<byte> bytes, long sequence, long version, long at)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes[NumbersAt..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(NumbersAt + 8)..], version);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(NumbersAt + 16)..], at);
    }

    /// <summary>Returns where the next text goes.</summary>
    public static int WriteText(Span<byte> bytes, int at, ReadOnlySpan<byte> utf8)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes[at..], utf8.Length);
        utf8.CopyTo(bytes[(at + sizeof(int))..]);
        return at + sizeof(int) + utf8.Length;
    }
}
