using System.Buffers.Binary;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>CRC-64/NVME (reflected polynomial 9A6C9329AC4BC9B5, all ones in and out), eight bytes a step.</summary>
public static class Crc64Nvme
{
    private const ulong Polynomial = 0x9A6C9329AC4BC9B5;

    private static readonly ulong[][] Tables = MakeTables();

    public static ulong Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Goes on from the checksum of what came before; 0 where nothing did.</summary>
    public static ulong Append(ulong checksum, ReadOnlySpan<byte> data)
    {
        var crc = ~checksum;
        while (data.Length >= 8)
        {
            crc ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
            crc = Tables[7][crc & 0xFF] ^ Tables[6][(crc >> 8) & 0xFF] ^ Tables[5][(crc >> 16) & 0xFF] ^ Tables[4][(crc >> 24) & 0xFF]
                ^ Tables[3][(crc >> 32) & 0xFF] ^ Tables[2][(crc >> 40) & 0xFF] ^ Tables[1][(crc >> 48) & 0xFF] ^ Tables[0][crc >> 56];
            data = data[8..];
        }

        foreach (var one in data)
        {
            crc = Tables[0][(byte)crc ^ one] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static ulong[][] MakeTables()
    {
        var tables = Enumerable.Range(0, 8).Select(_ => new ulong[256]).ToArray();
        for (var value = 0; value < 256; value++)
        {
            var crc = (ulong)value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ Polynomial : crc >> 1;
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
