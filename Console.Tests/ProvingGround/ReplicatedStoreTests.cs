using System.Collections.Immutable;
using System.Text;
using OpsConsole.Engine.ProvingGround.Store;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround;

public sealed class ReplicatedStoreTests
{
    private readonly MemoryReplica[] _copies = [new("a"), new("b"), new("c")];
    private readonly ManualClock _clock = new();
    private readonly ReplicatedStore _store;

    public ReplicatedStoreTests() => _store = Writer(0);

    [Fact]
    public async Task What_was_acknowledged_is_read_with_any_one_copy_gone()
    {
        await PutAsync(_store, "k", "one");
        foreach (var gone in _copies)
        {
            gone.Down = true;
            Assert.Equal("one", await GetAsync("k"));
            gone.Down = false;
        }
    }

    [Fact]
    public async Task A_write_with_one_copy_gone_is_read_when_that_one_is_back_and_another_is_gone()
    {
        await PutAsync(_store, "k", "old");
        _copies[0].Down = true;
        await PutAsync(_store, "k", "new");
        (_copies[0].Down, _copies[1].Down) = (false, true);
        Assert.Equal("new", await GetAsync("k"));
        Assert.Equal(_copies[2].Header("b", "k")!.Version, _copies[0].Header("b", "k")!.Version);
    }

    [Fact]
    public async Task A_deleted_object_stays_gone_although_one_copy_slept_through_it()
    {
        await PutAsync(_store, "k", "one");
        _copies[0].Down = true;
        await _store.DeleteAsync("b", "k", default);
        (_copies[0].Down, _copies[2].Down) = (false, true);
        Assert.Null(await GetAsync("k"));
        Assert.Empty((await _store.ListAsync("b", "", "", 10, default)).Entries);
    }

    [Fact]
    public async Task With_two_copies_gone_nothing_is_answered_rather_than_something_old()
    {
        await PutAsync(_store, "k", "one");
        (_copies[0].Down, _copies[1].Down) = (true, true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => GetAsync("k"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(_store, "k", "two"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.ListAsync("b", "", "", 10, default));
        Assert.NotNull(await _store.TroubleAsync(default));
    }

    [Fact]
    public async Task A_damaged_copy_is_read_past_and_mended()
    {
        await PutAsync(_store, "k", "one");
        _copies[0].Damage("b", "k");
        Assert.Equal("one", await GetAsync("k"));
        (_copies[1].Down, _copies[2].Down) = (false, true);
        _copies[1].Damage("b", "k");
        Assert.Equal("one", await GetAsync("k"));
    }

    [Fact]
    public async Task A_writer_whose_clock_is_behind_still_writes_last()
    {
        await PutAsync(_store, "k", "first");
        var behind = new ReplicatedStore(new Placement([[.. _copies]]), new VersionClock(new ManualClock(_clock.GetUtcNow().AddHours(-1)), 1), _clock);
        await PutAsync(behind, "k", "second");
        Assert.Equal("second", await GetAsync("k"));
    }

    [Fact]
    public async Task A_write_that_reached_one_copy_only_does_not_vanish_once_it_was_read()
    {
        await PutAsync(_store, "k", "old");
        (_copies[1].Down, _copies[2].Down) = (true, true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(_store, "k", "half"));
        (_copies[1].Down, _copies[2].Down) = (false, false);
        Assert.Equal("half", await GetAsync("k"));
        _copies[0].Down = true;
        Assert.Equal("half", await GetAsync("k"));
    }

    [Fact]
    public async Task Pages_of_a_listing_join_to_the_whole_without_gaps()
    {
        var keys = Enumerable.Range(0, 57).Select(number => $"k{number:d3}").ToArray();
        foreach (var key in keys)
        {
            _copies[key[^1] % 3].Down = true;
            await PutAsync(_store, key, key);
            _copies[key[^1] % 3].Down = false;
        }

        var seen = new List<string>();
        var after = "";
        while (true)
        {
            var page = await _store.ListAsync("b", "k", after, 10, default);
            seen.AddRange(page.Entries.Select(entry => entry.Key));
            if (page.Next is null)
            {
                break;
            }

            after = page.Next;
        }

        Assert.Equal(keys, seen);
    }

    private ReplicatedStore Writer(int number) => new(new Placement([[.. _copies]]), new VersionClock(_clock, number), _clock);

    private static Task<ObjectHeader> PutAsync(ReplicatedStore store, string key, string content) =>
        store.PutAsync(new NewObject("b", key, "", null, ImmutableSortedDictionary<string, string>.Empty), Encoding.UTF8.GetBytes(content), default);

    private async Task<string?> GetAsync(string key) => await _store.GetAsync("b", key, default) is { } found ? Encoding.UTF8.GetString(found.Content.Span) : null;
}
