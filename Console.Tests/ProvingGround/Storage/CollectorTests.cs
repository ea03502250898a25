using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>What nothing names goes, in time; what is being put does not.</summary>
public sealed class CollectorTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly MemoryPlacement _index = new(3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_what_stayed_unnamed_until_it_can_be_named_no_more_is_removed()
    {
        await using var store = ShardStore.Open(_folder.Options);
        var host = _index.Map.Groups[1].Hosts[0];
        var (named, underWay, dead) = (StoreFolder.Make(1), StoreFolder.Make(4), StoreFolder.Make(7));
        foreach (var shard in new[] { named, underWay, dead })
        {
            await store.PutAsync(shard, default);
        }

        _index.Name(named.Name.Blob, 1);
        var collector = new Collector(host, store, _index);
        await collector.PassAsync(default);
        _index.BeginGenerations(Generations.DeadAfter - 1);
        await collector.PassAsync(default);
        Assert.Equal(3, store.Shards);
        _index.Name(underWay.Name.Blob, 1);
        _index.BeginGenerations(1);
        await collector.PassAsync(default);
        Assert.Equal([named.Name, underWay.Name], store.After(null, 10).Select(one => one.Name));
        Assert.Equal(1, collector.Removed);
    }

    [Fact]
    public async Task What_a_probe_left_goes_as_anything_unnamed_and_counts_as_nothing()
    {
        await using var store = ShardStore.Open(_folder.Options);
        var (left, taken) = (StoreFolder.MakeProbe(1), StoreFolder.MakeProbe(2));
        await store.PutAsync(left, default);
        await store.PutAsync(taken, default);
        await store.PutAsync(StoreFolder.Make(1), default);
        Assert.Equal((3, (1, 100L)), (store.Shards, store.OfObjects));
        var collector = new Collector("elsewhere", store, _index);
        await collector.PassAsync(default);
        Assert.Equal(3, collector.Marked);
        store.Remove(taken.Name);
        await collector.PassAsync(default);
        Assert.Equal(2, collector.Marked);
        _index.BeginGenerations(Generations.DeadAfter);
        await collector.PassAsync(default);
        Assert.Equal((0, 1), (store.Shards, collector.Removed));
    }

    [Fact]
    public async Task A_shard_whose_position_has_moved_away_is_removed_in_time()
    {
        await using var store = ShardStore.Open(_folder.Options);
        var shard = StoreFolder.Make(1);
        await store.PutAsync(shard, default);
        _index.Name(shard.Name.Blob, 1);
        var collector = new Collector("elsewhere", store, _index);
        await collector.PassAsync(default);
        _index.BeginGenerations(Generations.DeadAfter);
        await collector.PassAsync(default);
        Assert.Equal(0, store.Shards);
    }

    [Fact]
    public async Task Without_an_answer_of_the_index_nothing_is_removed()
    {
        await using var store = ShardStore.Open(_folder.Options);
        await store.PutAsync(StoreFolder.Make(1), default);
        var collector = new Collector("h", store, _index);
        await collector.PassAsync(default);
        _index.BeginGenerations(Generations.DeadAfter * 2);
        _index.Down = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => collector.PassAsync(default));
        Assert.Equal(1, store.Shards);
    }

    /// <summary>Writers of every slowness against a collector, from a seed: what the index took is never removed, and what it did not take goes.</summary>
    [Fact]
    public async Task However_slow_a_put_is_its_shards_are_there_when_it_is_acknowledged()
    {
        var (taken, late, gone) = (0, 0, 0L);
        for (var seed = 1; seed <= 60; seed++)
        {
            using var folder = new StoreFolder();
            await using var store = ShardStore.Open(folder.Options);
            var random = new Random(seed);
            var index = new MemoryIndex(TimeProvider.System);
            await Do(index, new CreateBucket("b", "o", Acl.Private));
            var collector = new Collector((await index.PlacementAsync(default)).Groups[0].Hosts[0], store, index);
            var (underWay, named, refused) = (new List<(ShardName Name, Extent Extent)>(), new List<ShardName>(), 0);
            for (var step = 0; step < 120; step++)
            {
                switch (random.Next(5))
                {
                    case 0:
                        var shard = StoreFolder.Make((seed * 1_000) + step) with { Group = 0 };
                        underWay.Add((shard.Name, new Extent(shard.Name.Blob, 500, 0, 1, 0) { Born = (await index.PlacementAsync(default)).Generation }));
                        await store.PutAsync(shard, default);
                        break;
                    case 1 when underWay.Count > 0:
                        var (name, extent) = underWay[random.Next(underWay.Count)];
                        underWay.Remove((name, extent));
                        var done = (await Do(index, new PutObject(new ObjectEntry("b", name.ToString(), 500, "e", "o", [extent]), WriteCondition.None))).Done;
                        refused += done ? 0 : 1;
                        named.AddRange(done ? [name] : []);
                        break;
                    case 2:
                        await Do(index, new BeginGeneration((await index.PlacementAsync(default)).Generation));
                        break;
                    default:
                        await collector.PassAsync(default);
                        break;
                }

                Assert.All(named, one => Assert.True(store.State(one, verify: false) == ShardState.Good, $"seed {seed}, step {step}: {one} was acknowledged and is gone"));
            }

            (taken, late, gone) = (taken + named.Count, late + refused, gone + collector.Removed);
        }

        Assert.True(taken > 300 && late > 100 && gone > 100, $"{taken} named, {late} refused, {gone} removed: too quiet to prove anything");
    }

    private static Task<IndexAnswer> Do(MemoryIndex index, IndexCommand command) => index.ApplyAsync(Guid.NewGuid(), command, default);
}
