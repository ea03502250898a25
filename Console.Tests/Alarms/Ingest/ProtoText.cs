using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Tests.Alarms.Ingest;

/// <summary>Writes protobuf by hand, for tests that must not trust the reader.</summary>
internal sealed class ProtoText
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public ProtoText Number(int field, ulong value) => Varint((ulong)field << 3).Varint(value);

    public ProtoText Fixed(int field, ulong value)
    {
        Varint(((ulong)field << 3) | 1);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        _bytes.AddRange(eight);
        return this;
    }

    public ProtoText Real(int field, double value) => Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    public ProtoText Text(int field, string value) => Inner(field, Encoding.UTF8.GetBytes(value));

    public ProtoText Inner(int field, ProtoText message) => Inner(field, message.Bytes);

    public ProtoText Packed(int field, params IEnumerable<ulong> values) =>
        Inner(field, [.. values.SelectMany(value => BitConverter.GetBytes(value))]);

    public ProtoText Inner(int field, byte[] bytes)
    {
        Varint(((ulong)field << 3) | 2).Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    private ProtoText Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
        return this;
    }
}
