using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// An event on its way to disk, in one buffer: exactly what <see cref="ChainHash"/> hashes, and the hash behind it. Everything but its place in the
/// chain is written on the sender's thread; the writer binds slices of the buffer and copies nothing.
/// </summary>
internal sealed class EncodedEvent
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _payload;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    private readonly byte[] _bytes;

    private EncodedEvent(byte[] bytes) => _bytes = bytes;

    /// <summary>Where stream, type, actor, reason, cause, key and payload stand among the columns.</summary>
    private static ReadOnlySpan<int> TextColumns => [1, 3, 5, 6, 7, 8, 9];

    public int Size => _bytes.Length;

    public ReadOnlySpan<byte> Hash => _bytes.AsSpan(_bytes.Length - ChainHead.HashBytes);

    /// <summary>Copies the whole buffer, hash included.</summary>
    public void CopyTo(nint memory) => Marshal.Copy(_bytes, 0, memory, _bytes.Length);

    /// <summary>Binds the event's columns, from parameter <paramref name="first"/> on, to the copy at <paramref name="memory"/>.</summary>
    public void Bind(SqlStatement statement, int first, nint memory)
    {
        var bytes = _bytes.AsSpan();
        statement.Quick(first, BinaryPrimitives.ReadInt64BigEndian(bytes[ChainHash.NumbersAt..]))
            .Quick(first + 2, BinaryPrimitives.ReadInt64BigEndian(bytes[(ChainHash.NumbersAt + 8)..]))
            .Quick(first + 4, BinaryPrimitives.ReadInt64BigEndian(bytes[(ChainHash.NumbersAt + 16)..]));
        var at = ChainHash.TextsAt;
        foreach (var column in TextColumns)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            statement.Pinned(first + column, memory + at + sizeof(int), length);
            at += sizeof(int) + length;
        }

        statement.PinnedBlob(first + 10, memory + at, ChainHead.HashBytes);
    }

    public static EncodedEvent Of(Append append, int index)
    {
        var happened = append.Events[index];
        var payload = PayloadOf(happened);
        var type = EventTypes.NameOf(happened);
        var size = ChainHash.TextsAt + (7 * sizeof(int)) + ChainHead.HashBytes + payload.Length
            + Encoding.UTF8.GetByteCount(append.Stream.Value) + Encoding.UTF8.GetByteCount(type) + Encoding.UTF8.GetByteCount(append.Actor)
            + Count(append.Reason) + Count(append.Cause) + Count(append.IdempotencyKey);
        var bytes = GC.AllocateUninitializedArray<byte>(size);
        ChainHash.WriteNumbers(bytes, 0, append.After + index + 1, append.At.UtcTicks);
        var at = Write(bytes, ChainHash.TextsAt, append.Stream.Value);
        at = Write(bytes, at, type);
        at = Write(bytes, at, append.Actor);
        at = Write(bytes, at, append.Reason);
        at = Write(bytes, at, append.Cause);
        at = Write(bytes, at, append.IdempotencyKey);
        ChainHash.WriteText(bytes, at, payload);
        return new(bytes);
    }

    /// <summary>Gives it its place in the chain. Returns its hash.</summary>
    public ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> previous, long sequence)
    {
        previous.CopyTo(_bytes);
        BinaryPrimitives.WriteInt64BigEndian(_bytes.AsSpan(ChainHash.NumbersAt), sequence);
        SHA256.HashData(_bytes.AsSpan(0, _bytes.Length - ChainHead.HashBytes), _bytes.AsSpan(_bytes.Length - ChainHead.HashBytes));
        return Hash;
    }

    private static ReadOnlySpan<byte> PayloadOf(IEvent happened)
    {
        // A large event must not leave its buffer behind on every thread.
        if (_payload is null || _payload.Capacity > 1 << 20)
        {
            _payload = new ArrayBufferWriter<byte>(4096);
            _json = new Utf8JsonWriter(_payload, new JsonWriterOptions { SkipValidation = true });
        }

        _payload.ResetWrittenCount();
        _json!.Reset(_payload);
        JsonSerializer.Serialize(_json, happened, happened.GetType(), EventTypes.Json);
        _json.Flush();
        return _payload.WrittenSpan;
    }

    private static int Count(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static int Write(byte[] bytes, int at, string? text)
    {
        var length = text is null ? 0 : Encoding.UTF8.GetBytes(text, bytes.AsSpan(at + sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), length);
        return at + sizeof(int) + length;
    }
}
