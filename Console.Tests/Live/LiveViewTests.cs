using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Live;
using OpsConsole.Tests.World;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Live;

public sealed class LiveViewTests
{
    private readonly ManualClock _clock = new();
    private readonly Counters _counters = new();
    private readonly Heartbeat _heartbeat = new();
    private readonly TabVisibility _tab = new();
    private readonly LiveFeed _feed;
    private readonly EngineLoop _loop;
    private readonly LiveView<string> _view;
    private int _reads;

    public LiveViewTests()
    {
        _feed = new LiveFeed(_clock);
        _loop = new EngineLoop([], _heartbeat, _clock, NullLogger<EngineLoop>.Instance);
        _loop.TickOnceAsync(CancellationToken.None).GetAwaiter().GetResult();
        _view = new LiveView<string>(new LiveSources(_feed, new EnginePulse(_heartbeat, _feed), _tab, _clock), ["counters"], () =>
        {
            _reads++;
            return string.Join(",", _counters.Values.Select(pair => $"{pair.Key}{pair.Value}"));
        });
        _view.Refresh();
    }

    [Fact]
    public void Many_changes_between_two_beats_are_read_once()
    {
        var before = _reads;
        for (var i = 0; i < 100; i++)
        {
            _feed.Committed(_counters.Set("a", i));
        }

        Assert.True(_view.Beat());
        Assert.Equal(before + 1, _reads);
        Assert.Equal("a99", _view.Value);
    }

    [Fact]
    public void Nothing_is_read_while_nothing_happens_or_only_other_streams_change()
    {
        var before = _reads;
        _view.Beat();
        _feed.Committed(_counters.Set("a", 1, family: "elsewhere"));
        _view.Beat();

        Assert.Equal(before, _reads);
    }

    [Fact]
    public void A_hidden_tab_is_not_rendered_for_and_gets_one_refresh_when_it_comes_back()
    {
        var before = _reads;
        _tab.Set(hidden: true);
        _feed.Committed(_counters.Set("a", 1));
        Assert.False(_view.Beat());
        Assert.Equal(before, _reads);

        _tab.Set(hidden: false);
        Assert.True(_view.Beat());
        Assert.Equal("a1", _view.Value);
    }

    [Fact]
    public async Task Without_a_pulse_for_five_seconds_it_is_stale_and_fresh_again_with_the_next()
    {
        _clock.Advance(EnginePulse.StaleAfter + TimeSpan.FromSeconds(1));
        Assert.True(_view.Beat());
        Assert.True(_view.Stale);

        await _loop.TickOnceAsync(CancellationToken.None);
        Assert.True(_view.Beat());
        Assert.False(_view.Stale);
    }

    [Fact]
    public void A_reading_that_fails_keeps_the_last_value_and_says_why()
    {
        var fail = false;
        var view = new LiveView<string>(new LiveSources(_feed, new EnginePulse(_heartbeat, _feed), _tab, _clock), [], () => fail ? throw new InvalidOperationException("disk gone") : "good");
        view.Refresh();
        fail = true;

        Assert.True(view.Refresh());
        Assert.Equal(("good", "disk gone"), (view.Value, view.Failure));
    }

    [Fact]
    public void A_listener_that_does_not_read_holds_at_most_its_capacity_and_is_told_to_resync()
    {
        using var slow = _feed.Subscribe();
        for (var i = 0; i < LiveSubscription.Capacity + 50; i++)
        {
            _feed.Committed(_counters.Set("a", i));
        }

        Assert.Equal(LiveSubscription.Capacity, slow.Events.Count);
        Assert.True(slow.TakeResync());
        Assert.False(slow.TakeResync());
    }

    [Fact]
    public void A_shared_reading_is_computed_once_however_many_look()
    {
        var computed = 0;
        var shared = new Shared<string>(_feed, _clock, () => $"{++computed}");
        Enumerable.Range(0, 50).ToList().ForEach(_ => shared.Get());
        Assert.Equal(1, computed);

        _feed.Committed(_counters.Set("a", 1));
        _clock.Advance(Shared<string>.AtMostEvery);
        Assert.Equal("2", shared.Get().Value);
    }
}
