using System.Buffers.Binary;
using System.Security.Cryptography;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>One of S3's named checksums over bytes that come piece by piece.</summary>
/// <param name="algorithm">As in <see cref="ChecksumAsked.Algorithms"/>.</param>
internal sealed class RunningChecksum(string algorithm) : IDisposable
{
    private readonly IncrementalHash? _hash = algorithm switch
    {
        "SHA1" => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
        "SHA256" => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        _ => null,
    };

    private ulong _crc;

    public string Algorithm => algorithm;

    public static string Of(string algorithm, ReadOnlySpan<byte> content)
    {
        using var running = new RunningChecksum(algorithm);
        running.Append(content);
        return running.Value();
    }

    public void Append(ReadOnlySpan<byte> more)
    {
        _hash?.AppendData(more);
        _crc = algorithm switch
        {
            "CRC32" => Crc32.AppendIeee((uint)_crc, more),
            "CRC32C" => Crc32.AppendCastagnoli((uint)_crc, more),
            "CRC64NVME" => Crc64Nvme.Append(_crc, more),
            _ => 0,
        };
    }

    /// <summary>Base64, of the big-endian value.</summary>
    public string Value() => _hash is not null ? Convert.ToBase64String(_hash.GetCurrentHash()) : Text(_crc, ChecksumAsked.Algorithms[algorithm]);

    public void Dispose() => _hash?.Dispose();

    public static string Text(ulong crc, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, crc);
        return Convert.ToBase64String(bytes[^size..]);
    }
}
