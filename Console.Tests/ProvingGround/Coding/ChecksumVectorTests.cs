using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.ProvingGround.Coding;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Coding;

/// <summary>Checks and hashes against published values: the CRC catalogue, RFC 3720, combined checks, S3's values for multipart objects.</summary>
[Trait("Category", "Conformance")]
public sealed class ChecksumVectorTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-14_checksum_repair_vectors.json");

    public static TheoryData<string> Rows(string list) => [.. File.GetProperty(list).EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Rows), "catalogue")]
    public void A_check_of_the_catalogue_gives_its_check_value(string text)
    {
        var row = Row(text);
        var model = new CrcModel(row.GetProperty("width").GetInt32(), Hex(row, "poly"), Hex(row, "init"), row.GetProperty("reflect").GetBoolean(), Hex(row, "xorout"));
        var digits = Encoding.ASCII.GetBytes("123456789");
        var expected = Hex(row, "check_123456789");
        Assert.Equal(expected, model.Compute(digits));
        Assert.Equal(expected, model.Combine(model.Compute(digits.AsSpan(0, 4)), model.Compute(digits.AsSpan(4)), 5));
        if (model.Reflected)
        {
            Assert.Equal(expected, new FastCrc(model).Compute(digits));
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "rfc3720")]
    public void Castagnoli_gives_the_values_of_rfc_3720(string text) =>
        Assert.Equal(Hex(Row(text), "crc32c"), Crc32.Castagnoli(Convert.FromHexString(Row(text).GetProperty("hex").GetString()!)));

    [Theory]
    [MemberData(nameof(Rows), "messages")]
    public void A_message_has_the_sums_and_hashes_listed(string text)
    {
        var row = Row(text);
        var message = FixtureBytes.Parse(row.GetProperty("hex").GetString()!);
        Assert.Equal(Hex(row, "crc32"), Crc32.Ieee(message));
        Assert.Equal(Hex(row, "crc32c"), Crc32.Castagnoli(message));
        Assert.Equal(Hex(row, "crc64nvme"), Crc64Nvme.Compute(message));
        foreach (var name in new[] { "crc32", "crc32c", "crc64nvme", "sha1", "sha256" })
        {
            Assert.Equal(Convert.ToBase64String(Convert.FromHexString(row.GetProperty(name).GetString()!)), RunningChecksum.Of(name.ToUpperInvariant(), message));
        }
    }

    [Theory]
    [MemberData(nameof(Rows), "combine")]
    public void Two_checks_combine_to_the_check_of_both(string text)
    {
        var row = Row(text);
        var (a, b) = (FixtureBytes.Parse(row.GetProperty("a").GetString()!), FixtureBytes.Parse(row.GetProperty("b").GetString()!));
        Assert.Equal(row.GetProperty("len_b").GetInt32(), b.Length);
        Assert.Equal(Hex(row, "crc32c_a"), Crc32.Castagnoli(a));
        Assert.Equal(Hex(row, "crc32c_b"), Crc32.Castagnoli(b));
        Assert.Equal(Hex(row, "crc32c_ab"), Crc32.CombineCastagnoli(Crc32.Castagnoli(a), Crc32.Castagnoli(b), b.Length));
        Assert.Equal(Hex(row, "crc32_ab"), Crc32.CombineIeee(Crc32.Ieee(a), Crc32.Ieee(b), b.Length));
        Assert.Equal(Hex(row, "crc64nvme_ab"), Crc64Nvme.Combine(Crc64Nvme.Compute(a), Crc64Nvme.Compute(b), b.Length));
    }

    [Fact]
    public void Parts_checks_roll_up_to_the_values_of_s3()
    {
        var s3 = File.GetProperty("s3_multipart");
        var parts = s3.GetProperty("parts").EnumerateArray().Select(part => FixtureBytes.Parse(part.GetString()!)).ToArray();
        var crc32C = parts.Aggregate(0u, (sum, part) => Crc32.CombineCastagnoli(sum, Crc32.Castagnoli(part), part.Length));
        var crc64 = parts.Aggregate(0ul, (sum, part) => Crc64Nvme.Combine(sum, Crc64Nvme.Compute(part), part.Length));
        Assert.Equal(s3.GetProperty("crc32c_full_object").GetString(), Convert.ToBase64String(Big(crc32C)));
        Assert.Equal(s3.GetProperty("crc64nvme_full_object").GetString(), Convert.ToBase64String(Big(crc64)));
        var composite = Crc32.Castagnoli([.. parts.SelectMany(part => Big(Crc32.Castagnoli(part)))]);
        Assert.Equal(s3.GetProperty("crc32c_composite").GetString(), $"{Convert.ToBase64String(Big(composite))}-{parts.Length}");
        Assert.Equal(s3.GetProperty("sha256_composite").GetString(), $"{Convert.ToBase64String(SHA256.HashData([.. parts.SelectMany(SHA256.HashData)]))}-{parts.Length}");
    }

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Big(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    private static JsonElement Row(string text) => JsonDocument.Parse(text).RootElement;

    private static ulong Hex(JsonElement row, string name)
    {
        var text = row.GetProperty(name).GetString()!;
        return ulong.Parse(text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
