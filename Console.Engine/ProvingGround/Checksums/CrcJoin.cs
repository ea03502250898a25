using System.Buffers.Binary;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>The CRC of bytes joined from parts whose CRCs are known, without the bytes: the first part's is carried past the second's length, and the two are added.</summary>
internal static class CrcJoin
{
    private static readonly Dictionary<string, (ulong Polynomial, int Bytes)> Kinds = new()
    {
        ["CRC32"] = (0xEDB88320, 4),
        ["CRC32C"] = (0x82F63B78, 4),
        ["CRC64NVME"] = (0x9A6C9329AC4BC9B5, 8),
    };

    public static bool Joins(string algorithm) => Kinds.ContainsKey(algorithm);

    /// <param name="parts">Base64 value and size of each, in order.</param>
    public static string Of(string algorithm, IEnumerable<(string Value, long Size)> parts)
    {
        var (polynomial, bytes) = Kinds[algorithm];
        var joined = 0UL;
        foreach (var (value, size) in parts)
        {
            joined = Carried(joined, size, polynomial, bytes * 8) ^ Read(value);
        }

        return RunningChecksum.Text(joined, bytes);
    }

    private static ulong Read(string value)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        var raw = Convert.FromBase64String(value);
        raw.CopyTo(bytes[^raw.Length..]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Multiplied by x to the power of eight times the length, modulo the polynomial; bits reflected, as these CRCs have them.</summary>
    private static ulong Carried(ulong crc, long length, ulong polynomial, int width)
    {
        var power = 1UL << (width - 9); // x^8
        for (var left = length; left > 0; left >>= 1)
        {
            if ((left & 1) == 1)
            {
                crc = Times(crc, power, polynomial, width);
            }

            power = Times(power, power, polynomial, width);
        }

        return crc;
    }

    private static ulong Times(ulong a, ulong b, ulong polynomial, int width)
    {
        var product = 0UL;
        for (var bit = width - 1; bit >= 0; bit--)
        {
            if (((a >> bit) & 1) == 1)
            {
                product ^= b;
            }

            b = (b & 1) == 1 ? (b >> 1) ^ polynomial : b >> 1;
        }

        return product;
    }
}
