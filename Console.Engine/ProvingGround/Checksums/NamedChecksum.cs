using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>The checksums a customer may send along, by the header that carries them, base64 of the big-endian value.</summary>
public static class NamedChecksum
{
    public const string Prefix = "x-amz-checksum-";

    /// <summary>Null where the header names no algorithm known here.</summary>
    public static string? Compute(string header, ReadOnlySpan<byte> content) =>
        header.ToLowerInvariant() switch
        {
            Prefix + "crc32" => Base64(Crc32.Ieee(content)),
            Prefix + "crc32c" => Base64(Crc32.Castagnoli(content)),
            Prefix + "crc64nvme" => Base64(Crc64Nvme.Compute(content)),
#pragma warning disable CA5350 // SHA-1 is what the customer chose to check a transfer with; nothing secret rests on it.
            Prefix + "sha1" => Convert.ToBase64String(SHA1.HashData(content)),
#pragma warning restore CA5350
            Prefix + "sha256" => Convert.ToBase64String(SHA256.HashData(content)),
            _ => null,
        };

    private static string Base64(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Convert.ToBase64String(bytes);
    }

    private static string Base64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return Convert.ToBase64String(bytes);
    }
}
