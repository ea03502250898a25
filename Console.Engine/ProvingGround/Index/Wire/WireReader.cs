using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote. Whatever else it is given, it throws <see cref="InvalidDataException"/>, and never takes more memory than a small multiple of the bytes.</summary>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes)
{
    private ReadOnlyMemory<byte> _rest = bytes;

    public bool AtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch { 0 => false, 1 => true, _ => throw Malformed() };

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var one = Byte();
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return (long)value;
            }
        }

        throw Malformed();
    }

    /// <summary>A number that counts or measures what follows, at least one byte each.</summary>
    public int Count() => Number() is var count && count <= _rest.Length ? (int)count : throw Malformed();

    public int Int() => Number() is var value && value <= int.MaxValue ? (int)value : throw Malformed();

    public ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public Guid Id() => new(Take(16));

    public DateTimeOffset Moment() => Number() is var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Malformed();

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public string? TextOrNull() => Flag() ? Text() : null;

    public ReadOnlyMemory<byte> Bytes()
    {
        var length = Count();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    public T Enum<T>()
        where T : struct, Enum
    {
        var value = (T)System.Enum.ToObject(typeof(T), Byte());
        return System.Enum.IsDefined(value) ? value : throw Malformed();
    }

    public ImmutableArray<T> Many<T>(Func<WireReader, T> read)
    {
        var count = Count();
        var items = ImmutableArray.CreateBuilder<T>(Math.Min(count, 1_024));
        for (var i = 0; i < count; i++)
        {
            items.Add(read(this));
        }

        return items.ToImmutable();
    }

    public ImmutableSortedDictionary<string, string> Map()
    {
        var count = Count();
        if (count == 0)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        var map = ImmutableSortedDictionary.CreateBuilder<string, string>();
        for (var i = 0; i < count; i++)
        {
            map[Text()] = Text();
        }

        return map.ToImmutable();
    }

    public void MustBeAtEnd()
    {
        if (!AtEnd)
        {
            throw Malformed();
        }
    }

    public static InvalidDataException Malformed() => new("malformed bytes");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Malformed();
        }

        var taken = _rest.Span[..length];
        _rest = _rest[length..];
        return taken;
    }
}
