using System.Buffers.Binary;
using System.Numerics;
using OpsConsole.Domain.ProvingGround.Coding;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>The two 32-bit checksums S3's clients send: CRC-32 (IEEE) and CRC-32C (Castagnoli, which most processors have an instruction for).</summary>
public static class Crc32
{
    /// <summary>From here on folding beats the instruction.</summary>
    private const int Long = 512;

    public static uint Ieee(ReadOnlySpan<byte> data) => (uint)FastCrc.Crc32.Compute(data);

    /// <summary>Goes on from the checksum of what came before; 0 where nothing did.</summary>
    public static uint AppendIeee(uint checksum, ReadOnlySpan<byte> data) => (uint)FastCrc.Crc32.Append(checksum, data);

    public static uint Castagnoli(ReadOnlySpan<byte> data) => AppendCastagnoli(0, data);

    /// <summary>Goes on from the checksum of what came before; 0 where nothing did.</summary>
    public static uint AppendCastagnoli(uint checksum, ReadOnlySpan<byte> data)
    {
        if (data.Length >= Long)
        {
            return (uint)FastCrc.Crc32C.Append(checksum, data);
        }

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

    public static uint CombineIeee(uint first, uint second, long secondLength) => (uint)CrcModel.Crc32.Combine(first, second, secondLength);

    public static uint CombineCastagnoli(uint first, uint second, long secondLength) => (uint)CrcModel.Crc32C.Combine(first, second, secondLength);
}
