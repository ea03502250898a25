using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>The scrub's bound: within the stated time every shard is read, at its own pace.</summary>
public sealed class ScrubberTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public async Task Every_corrupt_shard_is_found_within_the_bound(int shards)
    {
        await using var store = ShardStore.Open(_folder.Options with { ScrubPass = TimeSpan.FromMinutes(10) });
        for (var number = 0; number < shards; number++)
        {
            await store.PutAsync(StoreFolder.Make(number), default);
        }

        var bad = Enumerable.Range(0, shards).Where(number => number % 5 == 0).Select(number => StoreFolder.Make(number).Name).ToList();
        bad.ForEach(name => store.Damage(name, 3));
        var found = new HashSet<ShardName>();
        var scrubber = new Scrubber(store, _clock, (name, _) => found.Add(name));
        scrubber.Step();
        Assert.InRange(found.Count, 0, bad.Count / 2);
        for (var second = 0; second <= 600; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            scrubber.Step();
        }

        Assert.Equal(bad.ToHashSet(), found);
        Assert.InRange(scrubber.Passes, 1, 2);
        Assert.InRange(store.CorruptFound, bad.Count, bad.Count * 2);
    }
}
