using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Tests.ProvingGround.Probing;

public sealed class ShardAuditTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(n => (byte)n)];
    private static readonly CodedExtent Coded = CodedExtent.Encode(Content);
    private static readonly Extent Extent = new(Guid.NewGuid(), Content.Length, 3, 1, Coded.Crc);

    [Fact]
    public void Nine_whole_shards_fit() => Assert.Empty(ShardAudit.Odd(Shards(), Extent));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_spoilt_shard_is_named_though_its_own_checksum_holds(int position) => Assert.Equal([position], ShardAudit.Odd(Shards(position), Extent).Select(shard => shard.Name.Position));

    [Fact]
    public void As_many_as_the_code_can_lose_are_told_apart() => Assert.Equal([0, 1, 5, 8], ShardAudit.Odd(Shards(0, 1, 5, 8), Extent).Select(shard => shard.Name.Position));

    [Fact]
    public void Where_no_five_give_what_was_written_all_are_wrong() => Assert.Equal(9, ShardAudit.Odd(Shards(0, 1, 2, 3, 4), Extent).Count);

    private static List<Shard> Shards(params int[] spoilt) =>
        [.. Enumerable.Range(0, 9).Select(position => Coded.Shard(Extent.Blob, Extent.Group, position)).Select(shard => spoilt.Contains(shard.Name.Position) ? Spoil(shard) : shard)];

    private static Shard Spoil(Shard shard)
    {
        var bytes = shard.Bytes.ToArray();
        bytes[^1] ^= 1;
        return shard with { Bytes = bytes, Crc = Crc32.Castagnoli(bytes) };
    }
}
