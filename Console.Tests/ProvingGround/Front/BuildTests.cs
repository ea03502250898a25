using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Releases;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Each planted fault does its one thing, and only that.</summary>
[Trait("Category", "Integration")]
public sealed class BuildTests
{
    [Fact]
    public void Every_manifest_names_a_build_and_enough_of_them_are_bad()
    {
        Assert.True(ReleaseShelf.All.Length >= 12, $"{ReleaseShelf.All.Length} manifests");
        var kinds = ReleaseShelf.All.Select(release => Builds.Of(release.Manifest.Build, 1, TimeProvider.System).GetType()).Where(type => type != typeof(Behaviour)).Distinct().Count();
        Assert.True(kinds >= 8, $"{kinds} kinds of faults");
    }

    [Fact]
    public async Task A_wrong_status_shows_for_two_headers_together_only()
    {
        await using var host = await StartAsync(new WrongStatus());
        var etag = (await host.SendAsync("PUT", "/bucket/k", "0123")).Header("ETag");
        Assert.Equal(206, (await host.SendAsync("GET", "/bucket/k", headers: [("Range", "bytes=0-1")])).Status);
        Assert.Equal(200, (await host.SendAsync("GET", "/bucket/k", headers: [("If-Match", etag)])).Status);
        Assert.Equal(200, (await host.SendAsync("GET", "/bucket/k", headers: [("Range", "bytes=0-1"), ("If-Match", etag)])).Status);
    }

    [Fact]
    public async Task A_changed_precedence_shows_where_two_things_are_wrong()
    {
        await using var bad = await StartAsync(new ChangedPrecedence());
        await using var good = await StartAsync(new Behaviour());
        Assert.Equal("NoSuchBucket", (await bad.SendAsync("PUT", "/nowhere/k", "", [("Content-MD5", "x")])).ErrorCode);
        Assert.Equal("InvalidDigest", (await good.SendAsync("PUT", "/nowhere/k", "", [("Content-MD5", "x")])).ErrorCode);
        Assert.Equal("InvalidDigest", (await bad.SendAsync("PUT", "/bucket/k", "", [("Content-MD5", "x")])).ErrorCode);
    }

    [Fact]
    public async Task An_ignored_checksum_is_one_of_five()
    {
        await using var host = await StartAsync(new IgnoresChecksum());
        Assert.Equal(200, (await host.SendAsync("PUT", "/bucket/k", "body", [("x-amz-checksum-crc32c", RunningChecksum.Of("CRC32C", "other"u8))])).Status);
        Assert.Equal("BadDigest", (await host.SendAsync("PUT", "/bucket/k", "body", [("x-amz-checksum-crc32", RunningChecksum.Of("CRC32", "other"u8))])).ErrorCode);
    }

    [Fact]
    public async Task A_stale_listing_leaves_out_what_was_just_put()
    {
        var clock = new World.ManualClock(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(new StaleListings(clock));
        await host.SendAsync("GET", "/bucket", query: [("list-type", "2")]);
        await host.SendAsync("PUT", "/bucket/new", "x");
        Assert.DoesNotContain("<Key>new</Key>", await ListAsync(), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Contains("<Key>new</Key>", await ListAsync(), StringComparison.Ordinal);

        async Task<string> ListAsync() => System.Text.Encoding.UTF8.GetString((await host.SendAsync("GET", "/bucket", query: [("list-type", "2")])).Body);
    }

    [Fact]
    public async Task A_place_is_lost_with_the_process_that_gave_it()
    {
        foreach (var (behaviour, first) in ((Behaviour, string)[])[(new Behaviour(), "b"), (new LosesItsPlace(), "a")])
        {
            await using var host = await StartAsync(behaviour);
            await host.SendAsync("PUT", "/bucket/a", "x");
            await host.SendAsync("PUT", "/bucket/b", "x");
            var token = Engine.ProvingGround.Front.ContinuationToken.Write("before", "a");
            var page = System.Text.Encoding.UTF8.GetString((await host.SendAsync("GET", "/bucket", query: [("list-type", "2"), ("continuation-token", token)])).Body);
            Assert.Equal(first, page[(page.IndexOf("<Key>", StringComparison.Ordinal) + 5)..][..1]);
        }
    }

    [Fact]
    public void One_shard_in_a_thousand_is_corrupted()
    {
        var behaviour = new CorruptsShards(seed: 11);
        var shards = Enumerable.Range(0, 100_000).Select(_ => new byte[8]).ToList();
        shards.ForEach(shard => behaviour.OnShard(shard));
        Assert.InRange(shards.Count(shard => shard.Any(one => one != 0)), 50, 200);
    }

    private static async Task<FrontHost> StartAsync(Behaviour behaviour)
    {
        var host = await FrontHost.StartAsync(behaviour);
        await host.SendAsync("PUT", "/bucket");
        return host;
    }
}
