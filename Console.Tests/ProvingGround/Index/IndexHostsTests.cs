using System.Collections.Concurrent;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Store;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround.Index;

/// <summary>The index as three processes that are killed and stopped while others use it.</summary>
[Collection(Alone.Name)]
[Trait("Category", "Integration")]
public sealed class IndexHostsTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Killed_and_stopped_hosts_lose_no_acknowledged_write_and_give_no_stale_read()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using var hosts = await IndexHosts.StartAsync();
        using var client = hosts.Client();
        Assert.True((await client.ApplyAsync(Guid.NewGuid(), new CreateBucket("b", "o", Acl.Private), default)).Done);
        using var ending = new CancellationTokenSource();
        var history = new Register();
        var users = Enumerable.Range(0, 8).Select(user => UseAsync(client, history, new Random(seed + user), ending.Token)).ToArray();
        var random = new Random(seed);
        for (var round = 0; round < 8; round++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 2_500)), TimeProvider.System);
            var victim = hosts.Ids[random.Next(3)];
            if (round % 2 == 0)
            {
                hosts.Kill(victim);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2_000)), TimeProvider.System);
                await hosts.StartAsync(victim);
            }
            else
            {
                await hosts.SignalAsync(victim, "STOP");
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 4_000)), TimeProvider.System);
                await hosts.SignalAsync(victim, "CONT");
            }
        }

        await ending.CancelAsync();
        await Task.WhenAll(users).WaitAsync(Long);

        // Everybody dies at once, and everything acknowledged is there when they come back.
        foreach (var id in hosts.Ids)
        {
            hosts.Kill(id);
        }

        await Task.WhenAll(hosts.Ids.Select(hosts.StartAsync));
        foreach (var (key, version) in history.Seen)
        {
            Assert.True((await client.FindAsync("b", key, default)).Object!.Version >= version, key);
        }

        output.WriteLine($"{history.Writes} writes and {history.Reads} reads answered, {history.Unknown} not");
        Assert.Empty(history.Breaches);
        Assert.True(history.Writes > 300 && history.Reads > 300, "too quiet to prove anything");
    }

    [Fact]
    public async Task A_host_whose_disk_was_replaced_is_not_counted_until_it_was_caught_up_and_taken_in_again()
    {
        await using var hosts = await IndexHosts.StartAsync();
        using var client = hosts.Client();
        var (a, b, c) = (hosts.Ids[0], hosts.Ids[1], hosts.Ids[2]);
        Assert.True((await client.ApplyAsync(Guid.NewGuid(), new CreateBucket("b", "o", Acl.Private), default)).Done);

        // Acknowledged by a and b, then on b alone: c was away, and a lost its disk.
        await hosts.EndAsync(c);
        Assert.True((await client.ApplyAsync(Guid.NewGuid(), new PutObject(Entry("k", "acknowledged"), WriteCondition.None), default)).Done);
        await hosts.EndAsync(a);
        await hosts.EndAsync(b);
        hosts.EmptyDisk(a);

        // Two of three run, but what they could decide would be without it.
        await hosts.StartAsync(a);
        await hosts.StartAsync(c);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => client.FindAsync("b", "k", default));
        Assert.False(await hosts.IsCountedAsync(a));

        await hosts.StartAsync(b);
        Assert.True(await IndexHosts.WatchAsync(async () => await hosts.IsCountedAsync(a) && await hosts.IsCountedAsync(b) && await hosts.IsCountedAsync(c), Long), "a was not taken in again");
        Assert.Equal("acknowledged", (await client.FindAsync("b", "k", default)).Object!.ETag);

        // It counts again: with c it is a majority, also after a restart.
        await hosts.EndAsync(b);
        await hosts.EndAsync(a);
        await hosts.EndAsync(c);
        await hosts.StartAsync(a);
        await hosts.StartAsync(c);
        Assert.True(await IndexHosts.WatchAsync(async () => await FoundAsync(client) == "acknowledged", Long), "a and c alone do not serve");
        Assert.True((await client.ApplyAsync(Guid.NewGuid(), new PutObject(Entry("k", "after"), WriteCondition.None), default)).Done);
    }

    private static async Task<string?> FoundAsync(IndexClient client)
    {
        try
        {
            return (await client.FindAsync("b", "k", default)).Object?.ETag;
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    [Fact]
    public async Task Finds_and_puts_of_one_client_are_measured()
    {
        await using var hosts = await IndexHosts.StartAsync();
        using var client = hosts.Client();
        Assert.True((await client.ApplyAsync(Guid.NewGuid(), new CreateBucket("b", "o", Acl.Private), default)).Done);
        var puts = await RateAsync(64, 4_000, i => client.ApplyAsync(Guid.NewGuid(), new PutObject(Entry($"k{i % 1_000}", "e"), WriteCondition.None), default));
        await RateAsync(64, 10_000, i => client.FindAsync("b", $"k{i % 1_000}", default));
        var finds = await RateAsync(64, 40_000, i => client.FindAsync("b", $"k{i % 1_000}", default));
        var alone = await RateAsync(1, 1_000, i => client.FindAsync("b", $"k{i % 1_000}", default));
        output.WriteLine($"{puts:F0} puts/s and {finds:F0} finds/s with 64 at once; {alone:F0} finds/s one after another");
        Assert.Equal(1_000, (await client.ListAsync(new ListQuery("b", "", "", "", 1_000), default))!.Objects.Length);
        Assert.Equal(64, (await client.PlacementAsync(default)).Groups.Length);
    }

    private static async Task<double> RateAsync(int atOnce, int count, Func<int, Task> one)
    {
        var next = -1;
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                await one(i);
            }
        }));
        return count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task UseAsync(IndexClient client, Register history, Random random, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var key = $"k{random.Next(4)}";
            var required = history.Seen.GetValueOrDefault(key);
            try
            {
                if (random.Next(2) == 0)
                {
                    var put = Entry(key, Guid.NewGuid().ToString("N"));
                    history.Wrote(key, (await client.ApplyAsync(Guid.NewGuid(), new PutObject(put, WriteCondition.None), default)).Object!, put, required);
                }
                else
                {
                    history.Read(key, (await client.FindAsync("b", key, default)).Object, required);
                }
            }
            catch (StoreUnavailableException)
            {
                history.Missed();
            }
        }
    }

    private static ObjectEntry Entry(string key, string etag) => new("b", key, 0, etag, "o", []);

    /// <summary>Linearizable per key: the versions agree with real time, and one version is one value.</summary>
    private sealed class Register
    {
        private readonly ConcurrentDictionary<long, string> _values = new();
        private int _writes;
        private int _reads;
        private int _unknown;

        public ConcurrentDictionary<string, long> Seen { get; } = new();

        public ConcurrentBag<string> Breaches { get; } = [];

        public int Writes => _writes;

        public int Reads => _reads;

        public int Unknown => _unknown;

        public void Missed() => Interlocked.Increment(ref _unknown);

        public void Wrote(string key, ObjectEntry written, ObjectEntry wanted, long required)
        {
            Interlocked.Increment(ref _writes);
            Note(key, written, written.Version > required && written.ETag == wanted.ETag, required);
        }

        public void Read(string key, ObjectEntry? found, long required)
        {
            Interlocked.Increment(ref _reads);
            if (found is not null)
            {
                Note(key, found, found.Version >= required, required);
            }
            else if (required > 0)
            {
                Breaches.Add($"{key} is gone after {required} was seen");
            }
        }

        private void Note(string key, ObjectEntry entry, bool holds, long required)
        {
            if (!holds || _values.GetOrAdd(entry.Version, entry.ETag) != entry.ETag)
            {
                Breaches.Add($"{key}: {entry.Version} {entry.ETag} after {required}");
            }

            Seen.AddOrUpdate(key, entry.Version, (_, before) => Math.Max(before, entry.Version));
        }
    }
}
