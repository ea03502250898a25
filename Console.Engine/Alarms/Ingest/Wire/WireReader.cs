using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Engine.Alarms.Ingest.Wire;

/// <summary>How a field's value is written (protobuf encoding, "Message structure"). Groups are no longer written by anybody and not read.</summary>
internal enum WireKind
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>
/// Reads the fields of one protobuf message, one after another, from memory that is there already: it takes none itself, and no length can lead beyond its end.
/// Throws <see cref="FormatException"/> for what is no message.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _left = message;

    /// <summary>Number of the field that was read, from 1.</summary>
    public int Field { get; private set; }

    public WireKind Kind { get; private set; }

    /// <summary>Of a varint or a fixed number; 0 of others.</summary>
    public ulong Number { get; private set; }

    /// <summary>Of what has a length; empty of others.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The next field; false at the end.</summary>
    public bool Next()
    {
        if (_left.IsEmpty)
        {
            return false;
        }

        var tag = Varint(ref _left);
        Field = tag >> 3 is > 0 and < 1 << 29 ? (int)(tag >> 3) : throw new FormatException($"a field has the number {tag >> 3}");
        Kind = (WireKind)(tag & 7);
        Number = 0;
        Bytes = default;
        switch (Kind)
        {
            case WireKind.Varint:
                Number = Varint(ref _left);
                break;
            case WireKind.Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(ref _left, 8));
                break;
            case WireKind.Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref _left, 4));
                break;
            case WireKind.Bytes:
                Bytes = Take(ref _left, Varint(ref _left));
                break;
            default:
                throw new FormatException($"field {Field} is written in the way {(int)Kind}, which is not read");
        }

        return true;
    }

    /// <summary>The field's bytes, of which it must have some kind of length.</summary>
    public readonly ReadOnlySpan<byte> Inner => Kind == WireKind.Bytes ? Bytes : throw new FormatException($"field {Field} should have a length");

    public readonly string Text
    {
        get
        {
            try
            {
                return Strict.GetString(Inner);
            }
            catch (DecoderFallbackException e)
            {
                throw new FormatException($"field {Field} is no UTF-8", e);
            }
        }
    }

    /// <summary>A whole number as it was written.</summary>
    public readonly ulong Whole => Kind is WireKind.Varint or WireKind.Fixed64 ? Number : throw new FormatException($"field {Field} should be a whole number");

    public readonly ulong Eight => Kind == WireKind.Fixed64 ? Number : throw new FormatException($"field {Field} should have eight bytes");

    /// <summary>Numbers of eight bytes: packed, or one of them.</summary>
    public readonly void Eights(List<ulong> into)
    {
        if (Kind == WireKind.Fixed64)
        {
            into.Add(Number);
            return;
        }

        var packed = Inner;
        if (packed.Length % 8 != 0)
        {
            throw new FormatException($"field {Field} holds {packed.Length} bytes of numbers of eight");
        }

        for (; packed.Length > 0; packed = packed[8..])
        {
            into.Add(BinaryPrimitives.ReadUInt64LittleEndian(packed));
        }
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> left, ulong length)
    {
        if (length > (ulong)left.Length)
        {
            throw new FormatException($"it ends {length - (ulong)left.Length} bytes too early");
        }

        var taken = left[..(int)length];
        left = left[(int)length..];
        return taken;
    }

    private static ulong Varint(scoped ref ReadOnlySpan<byte> left)
    {
        var value = 0UL;
        for (var i = 0; i < left.Length && i < LongestVarint; i++)
        {
            value |= (ulong)(left[i] & 0x7f) << (7 * i);
            if (left[i] < 0x80)
            {
                left = left[(i + 1)..];
                return value;
            }
        }

        throw new FormatException("a number is longer than ten bytes, or is broken off");
    }
}
