using System.Buffers.Binary;
using System.Numerics;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>The two 32-bit checksums S3's clients send: CRC-32 (IEEE) and CRC-32C (Castagnoli, in hardware where there is any).</summary>
public static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Ieee(ReadOnlySpan<byte> data)
    {
        var crc = ~0u;
        foreach (var one in data)
        {
            crc = Table[(byte)crc ^ one] ^ (crc >> 8);
        }

        return ~crc;
    }

    public static uint Castagnoli(ReadOnlySpan<byte> data)
    {
        var crc = ~0u;
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

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var value = 0u; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }

            table[value] = crc;
        }

        return table;
    }
}
