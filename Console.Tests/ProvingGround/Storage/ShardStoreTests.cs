using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>What one storage host promises of its disk.</summary>
public sealed class ShardStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_probes_put_is_given_back_until_the_process_ends_and_no_longer()
    {
        Shard[] probes = [StoreFolder.MakeProbe(1), StoreFolder.MakeProbe(2)];
        await using (var store = ShardStore.Open(_folder.Options))
        {
            foreach (var shard in new[] { probes[0], StoreFolder.Make(1), probes[1] })
            {
                await store.PutAsync(shard, default);
            }

            Assert.All(probes, probe => Assert.Equal(ShardState.Good, store.State(probe.Name, verify: true)));
        }

        await using var again = ShardStore.Open(_folder.Options);
        Assert.Equal([StoreFolder.Make(1).Name], again.After(null, 10).Select(one => one.Name));
        Assert.Equal(ShardPut.Kept, await again.PutAsync(StoreFolder.Make(2), default));
        Assert.Equal(StoreFolder.Make(2).Bytes.ToArray(), again.Read(StoreFolder.Make(2).Name).Shard!.Bytes.ToArray());
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill()
    {
        await using var store = ShardStore.Open(_folder.Options);
        for (var number = 0; number < 60; number++)
        {
            Assert.Equal(ShardPut.Kept, await store.PutAsync(StoreFolder.Make(number, number * 13), default));
            if (number % 10 == 0)
            {
                using var killed = _folder.Snapshot();
                await using var again = ShardStore.Open(killed.Options);
                Assert.Equal(number + 1, again.Shards);
                Assert.All(Enumerable.Range(0, number + 1), one => AssertGood(again, StoreFolder.Make(one, one * 13)));
            }
        }
    }

    [Fact]
    public async Task A_build_that_answers_before_it_writes_loses_what_it_acknowledged()
    {
        var clock = new ManualClock();
        var store = ShardStore.Open(_folder.Options, new LateWrites(TimeSpan.FromSeconds(1), clock));
        await store.PutAsync(StoreFolder.Make(1), default);
        AssertGood(store, StoreFolder.Make(1));
        using (var killed = _folder.Snapshot())
        {
            await using var again = ShardStore.Open(killed.Options);
            Assert.Equal(ShardState.Missing, again.Read(StoreFolder.Make(1).Name).State);
        }

        var ended = store.DisposeAsync().AsTask();
        while (!ended.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await ended;
    }

    [Fact]
    public async Task An_append_torn_anywhere_is_cut_off_and_all_before_it_stays()
    {
        await PutAllAsync(1, 2);
        var file = _folder.Files().Single();
        var two = new FileInfo(file).Length;
        await PutAllAsync(3);
        var three = new FileInfo(file).Length;
        for (var length = two; length < three; length++)
        {
            using var torn = _folder.Snapshot();
            using (var stream = new FileStream(torn.Files().Single(), FileMode.Open))
            {
                stream.SetLength(length);
            }

            await using var store = ShardStore.Open(torn.Options);
            Assert.Equal(2, store.Shards);
            Assert.Equal(two, new FileInfo(torn.Files().Single()).Length);
            AssertGood(store, StoreFolder.Make(2));
            Assert.Equal(ShardPut.Kept, await store.PutAsync(StoreFolder.Make(3), default));
            AssertGood(store, StoreFolder.Make(3));
        }
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_costs_one_shard_and_is_never_read_as_good()
    {
        await PutAllAsync(1, 2, 3);
        var whole = File.ReadAllBytes(_folder.Files().Single());
        var record = whole.Length / 3;
        for (var at = 0; at < record * 2; at += 3)
        {
            using var damaged = _folder.Snapshot();
            var bytes = whole.ToArray();
            bytes[at] ^= 8;
            File.WriteAllBytes(damaged.Files().Single(), bytes);
            await using var store = ShardStore.Open(damaged.Options);
            var hit = (at / record) + 1;
            foreach (var number in new[] { 1, 2, 3 })
            {
                var read = store.Read(StoreFolder.Make(number).Name);
                Assert.True(read.State == ShardState.Good ? read.Shard!.Bytes.Span.SequenceEqual(StoreFolder.Make(number).Bytes.Span) : number == hit, $"byte {at}, shard {number}");
            }

            await store.PutAsync(StoreFolder.Make(hit), default);
            AssertGood(store, StoreFolder.Make(hit));
        }
    }

    [Fact]
    public async Task A_corrupt_shard_is_known_as_such_until_it_is_put_again()
    {
        await using var store = ShardStore.Open(_folder.Options);
        var shard = StoreFolder.Make(7);
        await store.PutAsync(shard, default);
        Assert.True(store.Damage(shard.Name, 42));
        Assert.Equal(ShardState.Good, store.State(shard.Name, verify: false));
        Assert.Equal(ShardState.Corrupt, store.State(shard.Name, verify: true));
        Assert.Equal(ShardState.Corrupt, store.State(shard.Name, verify: false));
        await store.PutAsync(shard, default);
        Assert.Equal(ShardState.Good, store.State(shard.Name, verify: false));
        AssertGood(store, shard);
    }

    [Fact]
    public async Task Bytes_without_their_checksum_are_not_kept()
    {
        await using var store = ShardStore.Open(_folder.Options);
        Assert.Equal(ShardPut.Corrupt, await store.PutAsync(StoreFolder.Make(1) with { Crc = 1 }, default));
        Assert.Equal(0, store.Shards);
    }

    [Fact]
    public async Task Puts_that_come_together_share_a_flush()
    {
        await using var store = ShardStore.Open(_folder.Options with { SegmentBytes = 1 << 20 });
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => store.PutAsync(StoreFolder.Make(number), default)));
        Assert.Equal(500, store.Shards);
        Assert.InRange(store.Flushes, 1, 250);
    }

    [Fact]
    public async Task A_full_disk_refuses_and_removal_makes_room_again()
    {
        var options = _folder.Options with { MaxBytes = 40_960 };
        await using var store = ShardStore.Open(options);
        var number = 0;
        while (await store.PutAsync(StoreFolder.Make(number), default) == ShardPut.Kept)
        {
            number++;
        }

        Assert.Equal(ShardPut.Full, await store.PutAsync(StoreFolder.Make(number), default));
        Assert.NotNull(store.Trouble);
        Assert.InRange(store.UsedBytes, 30_000, options.MaxBytes);
        Assert.All(Enumerable.Range(0, number).Where(one => one % 4 != 0), one => Assert.True(store.Remove(StoreFolder.Make(one).Name)));
        while (await store.CompactAsync(default))
        {
        }

        Assert.Null(store.Trouble);
        Assert.Equal(ShardPut.Kept, await store.PutAsync(StoreFolder.Make(number), default));
        Assert.All(Enumerable.Range(0, number).Where(one => one % 4 == 0), one => AssertGood(store, StoreFolder.Make(one)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_in_whatever_order_what_is_kept_is_what_was_put(int seed)
    {
        var random = new Random(seed);
        var kept = new HashSet<int>();
        var store = ShardStore.Open(_folder.Options);
        for (var step = 0; step < 1_500; step++)
        {
            var number = random.Next(120);
            switch (random.Next(20))
            {
                case < 11:
                    await store.PutAsync(StoreFolder.Make(number, number * 5), default);
                    kept.Add(number);
                    break;
                case < 17:
                    Assert.True(kept.Remove(number) == store.Remove(StoreFolder.Make(number).Name), $"seed {seed}, step {step}");
                    break;
                case < 19:
                    await store.CompactAsync(default);
                    break;
                default:
                    await store.DisposeAsync();
                    store = ShardStore.Open(_folder.Options);

                    // What was removed may be back until the collector comes.
                    var back = store.After(null, 1_000).Select(one => one.Name).ToHashSet();
                    foreach (var one in Enumerable.Range(0, 120).Where(one => !kept.Contains(one) && back.Contains(StoreFolder.Make(one).Name)))
                    {
                        AssertGood(store, StoreFolder.Make(one, one * 5));
                        store.Remove(StoreFolder.Make(one).Name);
                    }

                    break;
            }
        }

        Assert.Equal(kept.Select(number => StoreFolder.Make(number).Name).Order(ShardName.Order), store.After(null, 1_000).Select(one => one.Name));
        Assert.All(kept, number => AssertGood(store, StoreFolder.Make(number, number * 5)));
        await store.DisposeAsync();
    }

    private static void AssertGood(ShardStore store, Shard shard)
    {
        var read = store.Read(shard.Name);
        Assert.Equal(ShardState.Good, read.State);
        Assert.Equal(shard.Bytes.ToArray(), read.Shard!.Bytes.ToArray());
        Assert.Equal(shard.Group, read.Shard.Group);
    }

    private async Task PutAllAsync(params int[] numbers)
    {
        await using var store = ShardStore.Open(_folder.Options);
        foreach (var number in numbers)
        {
            await store.PutAsync(StoreFolder.Make(number), default);
        }
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_loss_of_power_unless_the_disk_lied_about_its_flush()
    {
        foreach (var lies in new[] { false, true })
        {
            using var folder = new StoreFolder();
            var disk = new PatientDisk();
            await using (var store = ShardStore.Open(folder.Options, disk: disk))
            {
                await store.PutAsync(StoreFolder.Make(1), default);
                disk.IgnoresSync = lies;
                Assert.Equal(ShardPut.Kept, await store.PutAsync(StoreFolder.Make(2), default));
                disk.LosePower();
            }

            await using var again = ShardStore.Open(folder.Options);
            Assert.Equal(ShardState.Good, again.Read(StoreFolder.Make(1).Name).State);
            Assert.Equal(lies ? ShardState.Missing : ShardState.Good, again.Read(StoreFolder.Make(2).Name).State);
        }
    }
}
