using System.Buffers.Binary;

namespace OpsConsole.Domain.ProvingGround.Coding;

/// <summary>A reflected check of 32 or 64 bits: eight bytes a step by tables, 64 bytes a step where the processor multiplies without carry.</summary>
public sealed class FastCrc
{
    private readonly CrcModel _model;
    private readonly ulong[][] _tables;
    private readonly CrcFold _fold;

    public FastCrc(CrcModel model)
    {
        if (!model.Reflected)
        {
            throw new ArgumentException("only reflected checks are served", nameof(model));
        }

        _model = model;
        _tables = MakeTables(model.Reversed);
        _fold = new CrcFold(model);
    }

    public static FastCrc Crc32 { get; } = new(CrcModel.Crc32);

    public static FastCrc Crc32C { get; } = new(CrcModel.Crc32C);

    public static FastCrc Crc64Nvme { get; } = new(CrcModel.Crc64Nvme);

    public CrcModel Model => _model;

    /// <summary>The check of no bytes at all.</summary>
    public ulong Empty => _model.Initial ^ _model.FinalXor;

    public ulong Compute(ReadOnlySpan<byte> data) => Append(Empty, data);

    /// <summary>Goes on from the check of what came before; <see cref="Empty"/> where nothing did.</summary>
    public ulong Append(ulong check, ReadOnlySpan<byte> data)
    {
        var state = check ^ _model.FinalXor;
        if (CrcFold.Supported && data.Length >= CrcFold.Least)
        {
            Span<byte> rest = stackalloc byte[16];
            data = data[_fold.Shorten(state, data, rest)..];
            state = ByTables(0, rest);
        }

        return ByTables(state, data) ^ _model.FinalXor;
    }

    /// <summary>The same without the processor's help.</summary>
    public ulong AppendByTables(ulong check, ReadOnlySpan<byte> data) => ByTables(check ^ _model.FinalXor, data) ^ _model.FinalXor;

    private ulong ByTables(ulong state, ReadOnlySpan<byte> data)
    {
        var (t0, t1, t2, t3, t4, t5, t6, t7) = (_tables[0], _tables[1], _tables[2], _tables[3], _tables[4], _tables[5], _tables[6], _tables[7]);
        while (data.Length >= 8)
        {
            state ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
            state = t7[state & 0xFF] ^ t6[(state >> 8) & 0xFF] ^ t5[(state >> 16) & 0xFF] ^ t4[(state >> 24) & 0xFF]
                ^ t3[(state >> 32) & 0xFF] ^ t2[(state >> 40) & 0xFF] ^ t1[(state >> 48) & 0xFF] ^ t0[state >> 56];
            data = data[8..];
        }

        foreach (var one in data)
        {
            state = t0[(byte)state ^ one] ^ (state >> 8);
        }

        return state;
    }

    private static ulong[][] MakeTables(ulong polynomial)
    {
        var tables = Enumerable.Range(0, 8).Select(_ => new ulong[256]).ToArray();
        for (var value = 0; value < 256; value++)
        {
            var crc = (ulong)value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ polynomial : crc >> 1;
            }

            tables[0][value] = crc;
        }

        for (var table = 1; table < 8; table++)
        {
            for (var value = 0; value < 256; value++)
            {
                var crc = tables[table - 1][value];
                tables[table][value] = (crc >> 8) ^ tables[0][crc & 0xFF];
            }
        }

        return tables;
    }
}
