using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>What nothing names goes, in time; what is being put does not.</summary>
public sealed class CollectorTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly MemoryPlacement _index = new(3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_what_stayed_unnamed_for_the_grace_time_is_removed()
    {
        await using var store = ShardStore.Open(_folder.Options with { Grace = TimeSpan.FromMinutes(30) });
        var host = _index.Map.Groups[1].Hosts[0];
        var (named, underWay, dead) = (StoreFolder.Make(1), StoreFolder.Make(4), StoreFolder.Make(7));
        foreach (var shard in new[] { named, underWay, dead })
        {
            await store.PutAsync(shard, default);
        }

        _index.Name(named.Name.Blob, 1);
        var collector = new Collector(host, store, _index, _clock);
        await collector.PassAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(29));
        await collector.PassAsync(default);
        Assert.Equal(3, store.Shards);
        _index.Name(underWay.Name.Blob, 1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await collector.PassAsync(default);
        Assert.Equal([named.Name, underWay.Name], store.After(null, 10).Select(one => one.Name));
        Assert.Equal(1, collector.Removed);
    }

    [Fact]
    public async Task A_shard_whose_position_has_moved_away_is_removed_in_time()
    {
        await using var store = ShardStore.Open(_folder.Options);
        var shard = StoreFolder.Make(1);
        await store.PutAsync(shard, default);
        _index.Name(shard.Name.Blob, 1);
        var collector = new Collector("elsewhere", store, _index, _clock);
        await collector.PassAsync(default);
        _clock.Advance(store.Options.Grace);
        await collector.PassAsync(default);
        Assert.Equal(0, store.Shards);
    }

    [Fact]
    public async Task Without_an_answer_of_the_index_nothing_is_removed()
    {
        await using var store = ShardStore.Open(_folder.Options);
        await store.PutAsync(StoreFolder.Make(1), default);
        var collector = new Collector("h", store, _index, _clock);
        await collector.PassAsync(default);
        _clock.Advance(store.Options.Grace * 2);
        _index.Down = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => collector.PassAsync(default));
        Assert.Equal(1, store.Shards);
    }
}
