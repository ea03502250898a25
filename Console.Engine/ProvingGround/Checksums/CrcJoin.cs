using System.Buffers.Binary;
using OpsConsole.Domain.ProvingGround.Coding;

namespace OpsConsole.Engine.ProvingGround.Checksums;

/// <summary>The CRC of an object joined from parts whose CRCs are known, without their bytes.</summary>
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
        var joined = model.Compute([]);
        foreach (var (value, size) in parts)
        {
            joined = model.Combine(joined, Read(value), size);
        }

        return RunningChecksum.Text(joined, model.Width / 8);
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
