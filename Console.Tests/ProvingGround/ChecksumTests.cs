using System.Text;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>The check values published with each algorithm: the checksum of the digits 1 to 9.</summary>
public sealed class ChecksumTests
{
    private static readonly byte[] Digits = Encoding.ASCII.GetBytes("123456789");

    [Fact]
    public void Crc64_nvme_gives_the_published_check_value() => Assert.Equal(0xAE8B14860A799888, Crc64Nvme.Compute(Digits));

    [Fact]
    public void Crc32c_gives_the_published_check_value() => Assert.Equal(0xE3069283, Crc32.Castagnoli(Digits));

    [Fact]
    public void Crc32_gives_the_published_check_value() => Assert.Equal(0xCBF43926, Crc32.Ieee(Digits));

    [Fact]
    public void Parts_give_the_checksum_of_the_whole_wherever_they_are_cut()
    {
        var data = new byte[1_000];
        new Random(7).NextBytes(data);
        for (var cut = 0; cut <= data.Length; cut += 37)
        {
            Assert.Equal(Crc64Nvme.Compute(data), Crc64Nvme.Append(Crc64Nvme.Compute(data.AsSpan(0, cut)), data.AsSpan(cut)));
        }
    }

    [Fact]
    public void Every_flipped_bit_shows()
    {
        var data = new byte[64];
        var whole = Crc64Nvme.Compute(data);
        for (var bit = 0; bit < data.Length * 8; bit++)
        {
            data[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(whole, Crc64Nvme.Compute(data));
            data[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
