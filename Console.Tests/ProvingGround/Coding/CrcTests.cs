using OpsConsole.Domain.ProvingGround.Coding;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Tests.ProvingGround.Coding;

/// <summary>The fast ways against the definition, at every length around the steps they take, and cut anywhere.</summary>
public sealed class CrcTests
{
    private const int Seed = 64_032;
    private static readonly byte[] Data = MakeData();

    public static TheoryData<int> Lengths() => [.. Enumerable.Range(0, 34), 63, 64, 65, 127, 128, 129, 191, 192, 193, 200, 255, 256, 511, 512, 513, 575, 1_000, 4_096, 4_111];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Folding_tables_and_instructions_give_what_the_definition_gives(int length)
    {
        var data = Data.AsSpan(0, length);
        foreach (var fast in new[] { FastCrc.Crc32, FastCrc.Crc32C, FastCrc.Crc64Nvme })
        {
            var expected = fast.Model.Compute(data);
            Assert.Equal(expected, fast.Compute(data));
            Assert.Equal(expected, fast.AppendByTables(fast.Empty, data));
        }

        Assert.Equal(CrcModel.Crc32C.Compute(data), Crc32.Castagnoli(data));
        Assert.Equal(CrcModel.Crc32.Compute(data), Crc32.Ieee(data));
    }

    [Fact]
    public void Cut_anywhere_appending_and_combining_give_the_whole()
    {
        var whole = Data.AsSpan(0, 1_500);
        for (var cut = 0; cut <= whole.Length; cut += 41)
        {
            var head = whole[..cut];
            var tail = whole[cut..];
            Assert.Equal(Crc64Nvme.Compute(whole), Crc64Nvme.Append(Crc64Nvme.Compute(head), tail));
            Assert.Equal(Crc64Nvme.Compute(whole), Crc64Nvme.Combine(Crc64Nvme.Compute(head), Crc64Nvme.Compute(tail), tail.Length));
            Assert.Equal(Crc32.Castagnoli(whole), Crc32.AppendCastagnoli(Crc32.Castagnoli(head), tail));
            Assert.Equal(Crc32.Castagnoli(whole), Crc32.CombineCastagnoli(Crc32.Castagnoli(head), Crc32.Castagnoli(tail), tail.Length));
            Assert.Equal(Crc32.Ieee(whole), Crc32.AppendIeee(Crc32.Ieee(head), tail));
            Assert.Equal(Crc32.Ieee(whole), Crc32.CombineIeee(Crc32.Ieee(head), Crc32.Ieee(tail), tail.Length));
        }
    }

    private static byte[] MakeData()
    {
        var data = new byte[5_000];
        new Random(Seed).NextBytes(data);
        return data;
    }
}
