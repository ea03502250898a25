using System.Buffers.Binary;
using OpsConsole.Domain.ProvingGround.Coding;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>The CRC of bytes joined from parts whose CRCs are known, without the bytes: the first part's is carried past the second's length, and the two are added.</summary>
internal static class CrcJoin
{
    private static readonly Dictionary<string, CrcModel> Kinds = new()
    {
        ["CRC32"] = CrcModel.Crc32,
        ["CRC32C"] = CrcModel.Crc32C,
        ["CRC64NVME"] = CrcModel.Crc64Nvme,
    };

    public static bool Joins(string algorithm) => Kinds.ContainsKey(algorithm);

    /// <param name="parts">Base64 value and size of each, in order.</param>
    public static string Of(string algorithm, IEnumerable<(string Value, long Size)> parts)
    {
        var model = Kinds[algorithm];
        return RunningChecksum.Text(parts.Aggregate(0UL, (joined, part) => model.Combine(joined, Read(part.Value), part.Size)), model.Width / 8);
    }

    private static ulong Read(string value)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        var raw = Convert.FromBase64String(value);
        raw.CopyTo(bytes[^raw.Length..]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
