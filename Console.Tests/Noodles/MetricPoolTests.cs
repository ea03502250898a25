using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Running;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Noodles;

/// <summary>Metrics leased to one scenario at a time: empty at its beginning, whatever others did.</summary>
public sealed class MetricPoolTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly NoodleHttp _http = new();
    private readonly MetricStore _store;
    private readonly NoodlePools _pools;

    public MetricPoolTests()
    {
        _store = new(_clock);
        _pools = new(_http, _clock, _store);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task What_one_scenario_wrote_the_next_does_not_see()
    {
        PooledMetric first;
        await using (var world = World("one"))
        {
            first = (await _pools.Metrics.LeaseAsync(world, 1, default)).Single();
            Assert.True(_pools.Metrics.Observe(first.Name, 5, 2, null));
            Assert.True(_pools.Metrics.Observe(first.InMs, 30, 1, "eu-1a"));
            Assert.Equal((10, 2, 30), (_pools.Metrics.Read(first.Name, Statistic.Sum), _pools.Metrics.Read(first.Name, Statistic.Samples), Math.Round(_pools.Metrics.Read(first.InMs, Statistic.Average) ?? 0)));
            Assert.Equal("one:0", Assert.Single(_pools.Metrics.View.Leased).Holder);
        }

        Assert.Equal((0, 0L), (_store.Figures.Streams, _store.Figures.Bytes));
        await using var other = World("two");
        Assert.Same(first, (await _pools.Metrics.LeaseAsync(other, 1, default)).Single());
        Assert.Null(_pools.Metrics.Read(first.Name, Statistic.Sum));
    }

    [Fact]
    public async Task Two_scenarios_never_have_one_metric_and_the_pool_is_shown_once_it_is_used()
    {
        Assert.Empty(_pools.Views);
        await using var one = World("one");
        await using var two = World("two");
        var leased = (await _pools.Metrics.LeaseAsync(one, 3, default)).AddRange(await _pools.Metrics.LeaseAsync(two, 2, default));
        Assert.Equal(5, leased.Distinct().Count());
        var view = Assert.Single(_pools.Views);
        Assert.Equal(("metric", MetricKeeper.Metrics - 5, 5L, 5), (view.Kind, view.Free, view.Leases, view.Leased.Length));
    }

    [Fact]
    public async Task One_that_was_written_to_while_nobody_had_it_is_quarantined_with_what_is_in_it_and_comes_back_empty()
    {
        PooledMetric dirty;
        await using (var world = World("one"))
        {
            dirty = (await _pools.Metrics.LeaseAsync(world, 1, default)).Single();
        }

        _store.Add(new MetricStream(dirty.Name) { Host = "late" }, 1, _clock.GetUtcNow());
        await using (var world = World("two"))
        {
            Assert.NotEqual(dirty, (await _pools.Metrics.LeaseAsync(world, 1, default)).Single());
            Assert.Contains($"{dirty.Name}{{host=late}}", Assert.Single(_pools.Metrics.View.Quarantined).Reason, StringComparison.Ordinal);
        }

        _clock.Advance(LeasePool<PooledMetric>.Quarantine);
        await using var third = World("three");
        Assert.Contains(dirty, await _pools.Metrics.LeaseAsync(third, 2, default));
        Assert.Empty(_pools.Metrics.View.Quarantined);
        Assert.Empty(_store.Streams(dirty.Name));
    }

    [Fact]
    public async Task Nothing_observed_meanwhile_is_lost_or_counted_twice_when_a_metric_is_forgotten()
    {
        var store = new MetricStore(TimeProvider.System);
        var (stream, taken) = (new MetricStream("noodle-0"), 0L);
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 200_000; i++)
            {
                taken += store.Add(stream, 1, TimeProvider.System.GetUtcNow()) ? 1 : 0;
            }
        });
        while (!writing.IsCompleted)
        {
            store.Forget(stream.Metric);
        }

        await writing;
        store.Forget(stream.Metric);
        Assert.Equal((200_000, 0, 0L), (taken, store.Figures.Streams, store.Figures.Bytes));
        Assert.Empty(store.MetricNames);
    }

    [Theory]
    [InlineData("Then the metric \"a\" has 1 value", NoodleBlame.Target, "should be 1 and is 0")]
    [InlineData("Then the metric \"a\" has at least 1 value within 1 second", NoodleBlame.Target, "has 0")]
    [InlineData("Then the sum of the metric \"a\" is 0", NoodleBlame.Target, "has no value")]
    [InlineData("Then the metric \"b\" is empty", NoodleBlame.Test, "has no metric 'b'")]
    [InlineData("When 1 is observed of the metric \"a\" in AZ a=b", NoodleBlame.Test, "was not taken")]
    [InlineData("When 1 is observed 0 times of the metric \"a\"", NoodleBlame.Test, "was not taken")]
    public async Task What_does_not_hold_is_said_with_whose_it_is(string step, NoodleBlame blame, string words)
    {
        using var bench = new NoodleBench(NoodleBench.Shelf(("a.feature", $"Feature: f\n Scenario: s\n  Given a metric \"a\"\n  {step}\n")));
        var scenario = Assert.Single((await bench.Runner.RunAsync(new NoodleSelection(), NoodleBench.Nowhere, new NoodleRunOptions(), default)).Scenarios);
        Assert.Equal(blame, scenario.Blame);
        Assert.Contains(words, scenario.Culprit!.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Pools.Metrics.View.Leased);
    }

    [Fact]
    public async Task Many_scenarios_at_once_with_two_metrics_each_do_not_meet()
    {
        var rows = string.Concat(Enumerable.Range(1, 60).Select(number => $"   | {number} |\n"));
        using var bench = new NoodleBench(NoodleBench.Shelf(("a.feature", $"Feature: f\n Scenario Outline: s <n>\n  Given a metric \"a\"\n  And a metric \"b\"\n  When <n> is observed of the metric \"a\"\n  And <n> is observed <n> times of the metric \"b\"\n  Then the sum of the metric \"a\" is <n>\n  And the metric \"b\" has <n> values\n  Examples:\n   | n |\n{rows}")));
        var result = await bench.Runner.RunAsync(new NoodleSelection(), NoodleBench.Nowhere, new NoodleRunOptions(16), default);
        Assert.True(result.Passed, NoodleBench.Report(result));
        Assert.Equal(120, bench.Pools.Metrics.View.Leases);
        Assert.Empty(bench.Pools.Metrics.View.Quarantined);
    }

    private NoodleWorld World(string scenario) => new(NoodleBench.Nowhere, new(scenario, "en", "", "", 0, 0, [], []), _pools, _http, _clock, 0);
}
