using System.Security.Cryptography;
using System.Diagnostics.CodeAnalysis;
using System.Buffers.Binary;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Checksums of bodies, worked out bit by bit from their polynomials: nothing of a store's own arithmetic.</summary>
internal static class Digests
{
    private const uint Crc32Polynomial = 0xEDB88320;
    private const uint Crc32CPolynomial = 0x82F63B78;
    private const ulong Crc64NvmePolynomial = 0x9A6C9329AC4BC9B5;

    /// <summary>Puts a body's digests at <c>{md5}</c>, <c>{sha1}</c>, <c>{sha256}</c>, <c>{crc32}</c>, <c>{crc32c}</c> and <c>{crc64nvme}</c>, in base64.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "S3 has SHA-1 checksums.")]
    public static string Fill(string text, byte[] body)
    {
        (string Name, Func<byte[]> Digest)[] all =
        [
            ("{md5}", () => Convert.FromBase64String(Md5(body))), ("{sha1}", () => SHA1.HashData(body)), ("{sha256}", () => SHA256.HashData(body)),
            ("{crc32}", () => Crc32(body, Crc32Polynomial)), ("{crc32c}", () => Crc32(body, Crc32CPolynomial)), ("{crc64nvme}", () => Crc64(body)),
        ];
        return all.Aggregate(text, (filled, one) => filled.Contains(one.Name, StringComparison.Ordinal) ? filled.Replace(one.Name, Convert.ToBase64String(one.Digest()), StringComparison.Ordinal) : filled);
    }

    [SuppressMessage("Security", "CA5351", Justification = "S3's ETags and Content-MD5 are MD5.")]
    public static string Md5(byte[] body) => Convert.ToBase64String(MD5.HashData(body));

    public static string Md5Hex(byte[] body) => Convert.ToHexStringLower(Convert.FromBase64String(Md5(body)));

    private static byte[] Crc32(byte[] body, uint polynomial)
    {
        var crc = uint.MaxValue;
        foreach (var one in body)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ polynomial;
            }
        }

        var made = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(made, ~crc);
        return made;
    }

    private static byte[] Crc64(byte[] body)
    {
        var crc = ulong.MaxValue;
        foreach (var one in body)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Crc64NvmePolynomial;
            }
        }

        var made = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(made, ~crc);
        return made;
    }
}
