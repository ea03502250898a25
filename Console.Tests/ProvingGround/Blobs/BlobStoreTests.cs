using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Tests.ProvingGround.Blobs;

/// <summary>The storage fleet as a web host uses it, with hosts that fail in every way they can.</summary>
public sealed class BlobStoreTests
{
    private readonly FakeFleet _fleet = new();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(4_096)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((7 << 20) / 2)]
    public async Task What_is_written_is_read_whole_and_in_parts(int length)
    {
        var store = _fleet.Store();
        var content = Content(length);
        var extents = await store.WriteAsync(content, default);
        Assert.Equal(length, extents.Sum(extent => extent.Length));
        Assert.All(extents, extent => Assert.InRange(extent.Length, 1, 1 << 20));
        Assert.Equal(content, await ReadAsync(store, extents, 0, length));
        foreach (var (offset, take) in new[] { (0, 1), (length - 1, 1), (length / 2, length / 3), (length, 0) })
        {
            Assert.Equal(content.AsSpan(offset, take).ToArray(), await ReadAsync(store, extents, offset, take));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(store, extents, 1, length));
        Assert.All(extents, extent => Assert.Equal(9, _fleet.Hosts.Values.Sum(host => host.Kept.Keys.Count(name => name.Blob == extent.Blob))));
    }

    [Fact]
    public async Task Nothing_takes_no_extents() => Assert.Empty(await _fleet.Store().WriteAsync(default, default));

    [Fact]
    public async Task Any_four_hosts_may_go_and_what_was_written_is_read()
    {
        var store = _fleet.Store();
        var content = Content(9_001);
        var extents = await store.WriteAsync(content, default);
        var hosts = _fleet.Hosts.Values.ToArray();
        foreach (var gone in Choices.Of(hosts, 4))
        {
            gone.ForEach(host => host.Down = true);
            Assert.Equal(content, await ReadAsync(store, extents, 0, content.Length));
            gone.ForEach(host => host.Down = false);
        }

        foreach (var host in hosts[..5])
        {
            host.Down = true;
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ReadAsync(store, extents, 0, 1));
        Assert.NotNull(await store.TroubleAsync(default));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('b')]
    [InlineData('c')]
    public async Task With_an_az_gone_or_hanging_writes_and_reads_go_on(char az)
    {
        foreach (var hang in new[] { false, true })
        {
            var fleet = new FakeFleet();
            var before = Content(5_000);
            var store = fleet.Store(FakeFleet.Quick with { OwnAz = az - 'a' });
            var old = await store.WriteAsync(before, default);
            foreach (var host in fleet.Az(az))
            {
                (host.Down, host.Hangs) = (!hang, hang);
            }

            var content = Content(70_000);
            var extents = await store.WriteAsync(content, default);
            Assert.Equal(content, await ReadAsync(store, extents, 0, content.Length));
            Assert.Equal(before, await ReadAsync(store, old, 0, before.Length));
            if (!hang)
            {
                Assert.Null(await store.TroubleAsync(default));
                Assert.Equal(3, fleet.Reported.Where(name => name.Blob == extents[0].Blob).Distinct().Count());
            }
        }
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task A_write_needs_six_shards_on_disk(int full, bool done)
    {
        foreach (var host in _fleet.Hosts.Values.Take(full))
        {
            host.Full = true;
        }

        var writing = _fleet.Store().WriteAsync(Content(100), default);
        if (done)
        {
            Assert.Single(await writing);
        }
        else
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => writing);
        }
    }

    [Fact]
    public async Task Corrupt_and_missing_shards_are_read_past_and_reported()
    {
        var store = _fleet.Store();
        var content = Content(33_333);
        var extents = await store.WriteAsync(content, default);
        var (blob, group) = (extents[0].Blob, extents[0].Group);
        _fleet.At(group, 0).Damage(new ShardName(blob, 0));
        _fleet.At(group, 3).Kept.TryRemove(new ShardName(blob, 3), out _);
        Assert.Equal(content, await ReadAsync(store, extents, 0, content.Length));
        Assert.Equal([new ShardName(blob, 0), new ShardName(blob, 3)], _fleet.Reported.Distinct().Order(ShardName.Order));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Shards_sealed_wrong_are_found_out_by_the_extent_checksum(int wrong)
    {
        // A build that spoils shards after they were verified: each has a checksum that holds.
        var spoilt = FakeFleet.Quick with
        {
            Leaving = shard =>
            {
                var bytes = shard.Bytes.ToArray();
                bytes[0] ^= 1;
                return shard.Name.Position < wrong ? shard with { Bytes = bytes, Crc = Crc32.Castagnoli(bytes) } : shard;
            },
        };
        var content = Content(12_345);
        var extents = await _fleet.Store(spoilt).WriteAsync(content, default);
        Assert.Equal(content, await ReadAsync(_fleet.Store(), extents, 0, content.Length));
        Assert.Equal(Enumerable.Range(0, wrong), _fleet.Reported.Select(name => name.Position).Distinct().Order());
    }

    [Fact]
    public async Task Small_extents_are_read_once_and_then_from_memory_within_bounds()
    {
        var store = _fleet.Store(FakeFleet.Quick with { CacheBytes = 12_000, MostCachedBytes = 5_000 });
        var extents = ImmutableArray.CreateBuilder<Extent>();
        foreach (var length in new[] { 4_000, 4_000, 4_000, 6_000 })
        {
            extents.Add((await store.WriteAsync(Content(length), default))[0]);
        }

        async Task<int> GetsOfAsync(int number)
        {
            var before = _fleet.Hosts.Values.Sum(host => host.Gets);
            Assert.Equal(Content(extents[number].Length), await ReadAsync(store, [extents[number]], 0, extents[number].Length));
            return _fleet.Hosts.Values.Sum(host => host.Gets) - before;
        }

        Assert.True(await GetsOfAsync(0) >= 5);
        Assert.Equal(0, await GetsOfAsync(0));
        Assert.True(await GetsOfAsync(3) >= 5);
        Assert.True(await GetsOfAsync(3) >= 5);
        Assert.True(await GetsOfAsync(1) >= 5);
        Assert.True(await GetsOfAsync(2) >= 5);
        Assert.Equal(0, await GetsOfAsync(2));
        Assert.True(await GetsOfAsync(0) >= 5);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task While_hosts_fail_and_spoil_at_random_a_read_is_right_or_refused(int seed)
    {
        var random = new Random(seed);
        var store = _fleet.Store();
        var written = new List<(byte[] Content, ImmutableArray<Extent> Extents)>();
        for (var step = 0; step < 150; step++)
        {
            var away = Enumerable.Range(0, 9).OrderBy(_ => random.Next()).Take(random.Next(4)).ToHashSet();
            foreach (var (host, number) in _fleet.Hosts.Values.Select((host, number) => (host, number)))
            {
                host.Down = away.Contains(number);
            }

            var content = Content(random.Next(1, 20_000));
            written.Add((content, await store.WriteAsync(content, default)));
            var (expected, extents) = written[random.Next(written.Count)];
            try
            {
                var read = await ReadAsync(store, extents, 0, expected.Length);
                Assert.True(expected.AsSpan().SequenceEqual(read), $"seed {seed}, step {step}");
            }
            catch (StoreUnavailableException)
            {
                // Written with six, and now more than one of these is away.
                Assert.True(away.Count > 1, $"seed {seed}, step {step}: {away.Count} hosts away");
            }
        }
    }

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private static async Task<byte[]> ReadAsync(BlobStore store, ImmutableArray<Extent> extents, long offset, long length)
    {
        var all = new MemoryStream();
        await foreach (var piece in store.ReadAsync(extents, offset, length, default))
        {
            await all.WriteAsync(piece);
        }

        return all.ToArray();
    }
}
