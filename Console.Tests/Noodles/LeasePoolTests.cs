using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Steps;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Noodles;

public sealed class LeasePoolTests
{
    private readonly ManualClock _clock = new();
    private readonly Keeper _keeper = new();
    private readonly LeasePool<Thing> _pool;

    public LeasePoolTests() => _pool = new(_keeper, "somewhere", _clock);

    [Fact]
    public async Task Nobody_gets_what_somebody_has()
    {
        var one = (await _pool.LeaseAsync(1, "one", default)).Single();
        var two = (await _pool.LeaseAsync(1, "two", default)).Single();
        Assert.NotSame(one, two);
        var third = _pool.LeaseAsync(1, "three", default);
        Assert.False(third.IsCompleted);
        Assert.Equal(1, _pool.View.Waiting);
        Assert.Null(await _pool.ReturnAsync(one));
        Assert.Same(one, (await third).Single());
        Assert.Single(one.Scrubs);
    }

    [Fact]
    public async Task Who_wants_two_waits_for_both_and_is_not_overtaken()
    {
        var one = (await _pool.LeaseAsync(1, "one", default)).Single();
        var both = _pool.LeaseAsync(2, "both", default);
        var late = _pool.LeaseAsync(1, "late", default);
        Assert.False(late.IsCompleted);
        await _pool.ReturnAsync(one);
        Assert.Equal(2, (await both).Distinct().Count());
        Assert.False(late.IsCompleted);
        await _pool.ReturnAsync((await both)[1]);
        Assert.Single(await late);
    }

    [Fact]
    public async Task What_is_not_clean_is_quarantined_with_its_reason_and_tried_again_later()
    {
        var one = (await _pool.LeaseAsync(1, "one", default)).Single();
        _keeper.Fault = "a stubborn object";
        Assert.Contains("a stubborn object", await _pool.ReturnAsync(one), StringComparison.Ordinal);
        Assert.Equal("a stubborn object", Assert.Single(_pool.View.Quarantined).Reason);
        Assert.NotSame(one, (await _pool.LeaseAsync(1, "two", default)).Single());
        _keeper.Fault = null;
        _clock.Advance(LeasePool<Thing>.Quarantine);
        Assert.Same(one, (await _pool.LeaseAsync(1, "three", default)).Single());
        Assert.Empty(_pool.View.Quarantined);
    }

    [Fact]
    public async Task A_wait_ends_and_says_who_has_what()
    {
        await _pool.LeaseAsync(2, "the other scenario", default);
        var waiting = _pool.LeaseAsync(1, "mine", default);
        for (var waited = TimeSpan.Zero; waited < LeasePool<Thing>.LongestWait; waited += LeasePool<Thing>.Quarantine)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            _clock.Advance(LeasePool<Thing>.Quarantine);
        }

        var broken = await Assert.ThrowsAsync<BrokenTestException>(() => waiting);
        Assert.Contains("the other scenario", broken.Message, StringComparison.Ordinal);
        Assert.Equal(0, _pool.View.Waiting);
        await Assert.ThrowsAsync<BrokenTestException>(() => _pool.LeaseAsync(3, "too many", default));
    }

    private sealed class Thing
    {
        public List<string> Scrubs { get; } = [];
    }

    private sealed class Keeper : IPoolKeeper<Thing>
    {
        public string? Fault { get; set; }

        public string Kind => "thing";

        public int Most => 2;

        public string NameOf(Thing thing) => "a thing";

        public Thing Make(int number) => new();

        public Task<string?> ScrubAsync(Thing thing, CancellationToken cancel)
        {
            thing.Scrubs.Add("scrubbed");
            return Task.FromResult(Fault);
        }
    }
}
