using System.Buffers.Binary;
using System.Numerics;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>The two 32-bit checksums S3's clients send: CRC-32 (IEEE, eight bytes a step) and CRC-32C (Castagnoli, in hardware where there is any).</summary>
public static class Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    public static uint Ieee(ReadOnlySpan<byte> data) => AppendIeee(0, data);

    public static uint Castagnoli(ReadOnlySpan<byte> data) => AppendCastagnoli(0, data);

    /// <summary>Goes on from the checksum of what came before; 0 where nothing did.</summary>
    public static uint AppendIeee(uint checksum, ReadOnlySpan<byte> data)
    {
        var crc = ~checksum;
        while (data.Length >= 8)
        {
            var step = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ crc;
            crc = Tables[7][step & 0xFF] ^ Tables[6][(step >> 8) & 0xFF] ^ Tables[5][(step >> 16) & 0xFF] ^ Tables[4][(step >> 24) & 0xFF]
                ^ Tables[3][(step >> 32) & 0xFF] ^ Tables[2][(step >> 40) & 0xFF] ^ Tables[1][(step >> 48) & 0xFF] ^ Tables[0][step >> 56];
            data = data[8..];
        }

        foreach (var one in data)
        {
            crc = Tables[0][(byte)crc ^ one] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>Goes on from the checksum of what came before; 0 where nothing did.</summary>
    public static uint AppendCastagnoli(uint checksum, ReadOnlySpan<byte> data)
    {
        var crc = ~checksum;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (var one in data)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = Enumerable.Range(0, 8).Select(_ => new uint[256]).ToArray();
        for (var value = 0u; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
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
