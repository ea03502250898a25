using OpsConsole.Engine.Live;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Live;

public sealed class TopicLogTests
{
    private readonly ManualClock _clock = new();
    private readonly Counters _counters = new();
    private readonly TopicBook _book;
    private readonly TopicLog _log;

    public TopicLogTests()
    {
        _book = new TopicBook([_counters], _clock);
        _log = _book.Join(Counters.Topic)!;
    }

    [Fact]
    public void Changes_between_two_flushes_become_one_delta_with_each_thing_once()
    {
        var before = _log.Sequence;
        Change("a", 1);
        Change("b", 1);
        Change("a", 2);
        _book.Flush();

        var delta = Assert.Single(_log.After(before)!.Value);
        Assert.Equal(before + 1, delta.Sequence);
        Assert.Equal([("a", (object)2), ("b", 1)], delta.Changed.Select(item => (item.Key, item.Value)).Order());
    }

    [Fact]
    public void A_thing_that_is_gone_is_named_as_removed()
    {
        Change("a", 1);
        _book.Flush();
        var before = _log.Sequence;
        Change("a", null);
        _book.Flush();

        Assert.Equal("a", Assert.Single(Assert.Single(_log.After(before)!.Value).Removed));
        Assert.Empty(_log.Snapshot(_clock.GetUtcNow()).Items);
    }

    [Fact]
    public void Deltas_follow_each_other_without_a_gap()
    {
        var before = _log.Sequence;
        for (var i = 0; i < 20; i++)
        {
            Change("a", i);
            _book.Flush();
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(i => before + i), _log.After(before)!.Value.Select(delta => delta.Sequence));
    }

    [Fact]
    public void Who_comes_back_within_the_kept_deltas_resumes_and_ends_as_one_who_never_left()
    {
        Change("a", 1);
        _book.Flush();
        var snapshot = _log.Snapshot(_clock.GetUtcNow());
        var held = snapshot.Items.ToDictionary(item => item.Key, item => item.Value);
        Change("b", 5);
        _book.Flush();
        Change("a", null);
        _book.Flush();

        foreach (var delta in _log.After(snapshot.Sequence)!.Value)
        {
            delta.Removed.ToList().ForEach(key => held.Remove(key));
            delta.Changed.ToList().ForEach(item => held[item.Key] = item.Value);
        }

        Assert.Equal(_counters.Values.ToDictionary(pair => pair.Key, pair => (object)pair.Value), held);
    }

    [Fact]
    public void Who_lags_behind_the_kept_deltas_gets_none_of_them_but_a_snapshot()
    {
        var before = _log.Sequence;
        for (var i = 0; i <= TopicLog.MostDeltas; i++)
        {
            Change("a", i);
            _book.Flush();
        }

        Assert.Null(_log.After(before));
        Assert.NotNull(_log.After(before + 1));
    }

    [Fact]
    public void A_sequence_of_another_run_or_from_the_future_never_resumes()
    {
        Change("a", 1);
        _book.Flush();

        Assert.Null(_log.After(3));
        Assert.Null(_log.After(_log.Sequence + 1));
    }

    [Fact]
    public void A_burst_of_ten_thousand_changes_keeps_within_the_bounds_and_asks_for_a_resync()
    {
        var before = _log.Sequence;
        for (var i = 0; i < 10_000; i++)
        {
            Change($"k{i}", i);
        }

        _book.Flush();

        Assert.Null(_log.After(before));
        Assert.Equal(10_000, _log.Snapshot(_clock.GetUtcNow()).Items.Length);
        Assert.True(_log.Kept <= TopicLog.MostItems);
        Change("k1", -1);
        _book.Flush();
        Assert.Single(_log.After(before + 1)!.Value);
    }

    [Fact]
    public void A_topic_nobody_listens_to_is_forgotten_after_a_while_and_unknown_ones_are_not_made()
    {
        _book.Leave(_log);
        _clock.Advance(TopicBook.KeepIdle + TimeSpan.FromSeconds(1));
        _book.Flush();

        Assert.Empty(_book.Logs);
        Assert.Null(_book.Join("nonsense"));
    }

    private void Change(string name, int? value) => _book.Committed(_counters.Set(name, value));
}
