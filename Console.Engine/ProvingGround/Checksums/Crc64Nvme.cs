using OpsConsole.Domain.ProvingGround.Coding;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>CRC-64/NVME: the checksum S3 puts on every object, and ours of every extent.</summary>
public static class Crc64Nvme
{
    public static ulong Compute(ReadOnlySpan<byte> data) => FastCrc.Crc64Nvme.Compute(data);

    /// <summary>Goes on from the checksum of what came before; 0 where nothing did.</summary>
    public static ulong Append(ulong checksum, ReadOnlySpan<byte> data) => FastCrc.Crc64Nvme.Append(checksum, data);

    public static ulong Combine(ulong first, ulong second, long secondLength) => CrcModel.Crc64Nvme.Combine(first, second, secondLength);
}
