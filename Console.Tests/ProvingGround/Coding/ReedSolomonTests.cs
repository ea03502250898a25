using OpsConsole.Domain.ProvingGround.Coding;

namespace OpsConsole.Tests.ProvingGround.Coding;

/// <summary>The code of the store, 5 + 4, in every pattern of loss and at every width of step.</summary>
public sealed class ReedSolomonTests
{
    private const int Seed = 51_409;
    private readonly ReedSolomon _code = new(5, 4);

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(100)]
    public void Every_pattern_of_loss_that_leaves_five_is_mended_and_no_other(int length)
    {
        var whole = Coded(length);
        for (var present = 0u; present < 1u << 9; present++)
        {
            var broken = whole.ToArray();
            for (var shard = 0; shard < 9; shard++)
            {
                if ((present >> shard & 1) == 0)
                {
                    broken.AsSpan(shard * length, length).Fill(0x5A);
                }
            }

            var mended = _code.Reconstruct(broken, length, present);
            Assert.Equal(uint.PopCount(present) >= 5, mended);
            if (mended)
            {
                Assert.Equal(whole, broken);
            }
        }
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(3, 7)]
    [InlineData(17, 3)]
    public void Every_width_of_step_gives_the_same_parity(int data, int parity)
    {
        var code = new ReedSolomon(data, parity);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 257, 4_099 })
        {
            var scalar = new byte[code.Shards * length];
            new Random(Seed).NextBytes(scalar.AsSpan(0, data * length));
            var (narrow, widest) = (scalar.ToArray(), scalar.ToArray());
            code.Encode(scalar, length, GaloisProduct.Width.Scalar);
            code.Encode(narrow, length, GaloisProduct.Width.Vector128);
            code.Encode(widest, length);
            Assert.True(scalar.SequenceEqual(narrow), $"length {length}, seed {Seed}");
            Assert.True(scalar.SequenceEqual(widest), $"length {length}, seed {Seed}");
        }
    }

    [Fact]
    public void A_changed_byte_anywhere_fails_the_verification()
    {
        var whole = Coded(40);
        Assert.True(_code.Verify(whole, 40));
        for (var at = 0; at < whole.Length; at++)
        {
            whole[at] ^= 0x10;
            Assert.False(_code.Verify(whole, 40));
            whole[at] ^= 0x10;
        }
    }

    [Fact]
    public void Codes_that_cannot_be_and_buffers_too_short_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReedSolomon(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReedSolomon(100, 29));
        Assert.Throws<ArgumentOutOfRangeException>(() => _code.Encode(new byte[8], 1));
    }

    private byte[] Coded(int length)
    {
        var shards = new byte[9 * length];
        new Random(Seed + length).NextBytes(shards.AsSpan(0, 5 * length));
        _code.Encode(shards, length);
        return shards;
    }
}
