using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>Compact bytes: whole numbers in groups of seven bits, texts as UTF-8, both after their length.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    public int Length => _bytes.WrittenCount;

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Begins again in the same memory.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <param name="value">Not negative.</param>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var rest = (ulong)value;
        var span = _bytes.GetSpan(10);
        var at = 0;
        while (rest >= 0x80)
        {
            span[at++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[at++] = (byte)rest;
        _bytes.Advance(at);
    }

    public void Fixed(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void Id(Guid value)
    {
        value.TryWriteBytes(_bytes.GetSpan(16));
        _bytes.Advance(16);
    }

    public void Moment(DateTimeOffset value) => Number(value.UtcTicks);

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Encoding.UTF8.GetBytes(value, _bytes.GetSpan(length));
        _bytes.Advance(length);
    }

    public void TextOrNull(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Raw(value);
    }

    public void Raw(ReadOnlySpan<byte> value) => _bytes.Write(value);

    public void Many<T>(ImmutableArray<T> items, Action<WireWriter, T> write)
    {
        Number(items.Length);
        foreach (var item in items)
        {
            write(this, item);
        }
    }

    public void Map(ImmutableSortedDictionary<string, string> map)
    {
        Number(map.Count);
        foreach (var (key, value) in map)
        {
            Text(key);
            Text(value);
        }
    }
}
