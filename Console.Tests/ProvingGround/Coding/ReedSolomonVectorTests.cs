using System.Text.Json;
using OpsConsole.Domain.ProvingGround.Coding;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Coding;

/// <summary>Reed–Solomon against published and independently computed vectors.</summary>
[Trait("Category", "Conformance")]
public sealed class ReedSolomonVectorTests
{
    public static TheoryData<string> Rows() =>
        [.. Fixture.Read("stateful-14_checksum_repair_vectors.json").GetProperty("reed_solomon").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parity_is_the_vectors_and_any_k_shards_give_the_rest_back(string text)
    {
        var row = JsonDocument.Parse(text).RootElement;
        var (k, m) = (row.GetProperty("data").GetInt32(), row.GetProperty("parity").GetInt32());
        var (data, parity) = (Bytes(row.GetProperty("shards")), Bytes(row.GetProperty("parity_shards")));
        var length = data[0].Length;
        var code = new ReedSolomon(k, m);
        byte[] expected = [.. data.Concat(parity).SelectMany(shard => shard)];
        byte[] shards = [.. data.SelectMany(shard => shard), .. new byte[m * length]];
        code.Encode(shards, length);
        Assert.Equal(expected, shards);
        Assert.True(code.Verify(shards, length));
        if (row.TryGetProperty("parity_matrix", out var matrix))
        {
            var rows = Bytes(matrix);
            Assert.All(Enumerable.Range(0, m), p => Assert.Equal(rows[p], code.ParityRow(p).ToArray()));
        }

        for (var lost = 0; lost < k + m; lost++)
        {
            // As many neighbours as the code can lose, beginning with each shard in turn.
            var present = (UInt128.One << (k + m)) - 1;
            var broken = expected.ToArray();
            for (var one = 0; one < m; one++)
            {
                present &= ~(UInt128.One << ((lost + one) % (k + m)));
                broken.AsSpan(((lost + one) % (k + m)) * length, length).Fill(0xEE);
            }

            Assert.True(code.Reconstruct(broken, length, present));
            Assert.Equal(expected, broken);
        }
    }

    private static byte[][] Bytes(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetByte()).ToArray())];
}
