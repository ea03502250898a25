using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Law 13: what is foreseen before the start is what the run then does, batch by batch, tick by tick.</summary>
[Trait("Category", "Scenario")]
public sealed class PreviewScenarios
{
    /// <summary>A scripted host does each of the five steps in a second.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Batches_times_and_end_are_those_that_were_foreseen()
    {
        var (scenario, foreseen) = await ForeseenAsync(null);

        await ComesTrueAsync(scenario, foreseen);

        Assert.Empty(foreseen.Holds);
        Assert.Null(foreseen.Asks);
        Assert.True(foreseen.Late > foreseen.End);
    }

    [Theory]
    [InlineData(Overrun.Pause, 20)]
    [InlineData(Overrun.Pause, 41)]
    [InlineData(Overrun.FinishBatch, 37)]
    [InlineData(Overrun.FinishBatch, 62)]
    [InlineData(Overrun.FinishAz, 28)]
    [InlineData(Overrun.FinishAz, 51)]
    [InlineData(Overrun.FinishAz, 72)]
    public async Task A_freeze_holds_what_it_was_foreseen_to_hold_from_and_until_the_same_moments(Overrun overrun, int after)
    {
        var (scenario, foreseen) = await ForeseenAsync(it => it.MustAsync(Freeze(it, "season", after, 240, overrun, Scope.Global)));

        await ComesTrueAsync(scenario, foreseen);

        Assert.NotEmpty(foreseen.Holds);
        Assert.All(foreseen.Holds, hold => Assert.Equal("season", string.Join('+', hold.Entries)));
    }

    [Fact]
    public async Task Short_freezes_windows_and_an_override_come_true_together()
    {
        var (scenario, foreseen) = await ForeseenAsync(async it =>
        {
            var now = it.Clock.GetUtcNow();
            await it.MustAsync(Freeze(it, "short", 15, 7, Overrun.FinishBatch, Scope.OfRegion("eu", "commercial")));
            await it.MustAsync(Freeze(it, "az-b", 40, 60, Overrun.Pause, Scope.OfAz("eub", "eu", "commercial")));
            await it.MustAsync(Freeze(it, "passed", 30, 600, Overrun.Pause, Scope.Global));
            await it.MustAsync(new OverrideEntry("passed", null, TimeSpan.FromMinutes(1)));
            await it.MustAsync(new AddEntry(new("office", EntryKind.Window, Scope.OfService("web"), $"{Text(now.AddSeconds(3))} to {Text(now.AddSeconds(90))}", "people are there") { Zone = "UTC", Overrun = Overrun.FinishAz }));
            await it.MustAsync(new AddEntry(new("late", EntryKind.Window, Scope.OfService("web"), $"{Text(now.AddSeconds(300))} to {Text(now.AddHours(5))}", "people are there again") { Zone = "UTC" }));
        });

        await ComesTrueAsync(scenario, foreseen);

        Assert.Contains(foreseen.Holds, hold => hold.Entries.Contains("passed"));
        Assert.Contains(foreseen.Holds, hold => hold.Entries.Contains("late") && hold.Entries.Contains("office"));
    }

    [Fact]
    public async Task Batches_of_two_without_a_bake_between_AZs_come_true_too()
    {
        Func<Pipeline, Pipeline> two = pipeline => pipeline with { CapacityFloor = 0, Stages = [pipeline.Stages[1] with { OneBox = null, Batch = new(2, false) }] };
        var (scenario, foreseen) = await ForeseenAsync(it => it.MustAsync(Freeze(it, "mid", 8, 30, Overrun.Pause, Scope.Global)), two);

        await ComesTrueAsync(scenario, foreseen);
    }

    [Fact]
    public async Task On_the_way_what_is_left_is_foreseen_from_where_it_stands()
    {
        foreach (var seconds in new[] { 3, 11, 26, 44, 63, 90, 130 })
        {
            var (scenario, _) = await ForeseenAsync(it => it.MustAsync(Freeze(it, "season", 60, 45, Overrun.FinishBatch, Scope.Global)));
            await scenario.ForAsync(TimeSpan.FromSeconds(seconds));
            var from = scenario.Clock.GetUtcNow();
            var foreseen = RolloutForecaster.Of(ForecastReading.UnderWay(scenario.States, scenario.Rollout(), from, EngineLoop.Interval) with { Times = VisitTimes.Fixed(Visit) });
            await scenario.UntilAsync(() => scenario.Rollout().Ended);

            var begun = Begun(scenario).Where(batch => batch.At >= from).ToArray();
            Assert.True(begun.SequenceEqual(Planned(foreseen).Where(batch => batch.At >= from)), $"from {seconds} s on: {string.Join(", ", begun)} but {foreseen.Asks} {string.Join(", ", Planned(foreseen))}");
            Assert.InRange((scenario.Rollout().EndedAt!.Value - foreseen.End!.Value).Duration(), TimeSpan.Zero, EngineLoop.Interval);
        }
    }

    private static async Task<(Scenario Scenario, RolloutForecast Foreseen)> ForeseenAsync(Func<Scenario, Task>? before, Func<Pipeline, Pipeline>? change = null)
    {
        var scenario = await SmallFleet.StartedAsync(start: false, change: change);
        await (before?.Invoke(scenario) ?? Task.CompletedTask);
        var (input, refused) = ForecastReading.Start(scenario.States, "web", SmallFleet.New, "web", scenario.Clock.GetUtcNow(), EngineLoop.Interval, "r1");
        Assert.Null(refused);
        var foreseen = RolloutForecaster.Of(input! with { Times = VisitTimes.Fixed(Visit) });
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"));
        return (scenario, foreseen);
    }

    private static async Task ComesTrueAsync(Scenario scenario, RolloutForecast foreseen)
    {
        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromHours(2));

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        Assert.Equal(Begun(scenario), Planned(foreseen));
        Assert.Equal(Held(scenario), foreseen.Holds.Select(hold => $"{hold.Region} {string.Join('+', hold.Entries)} {hold.From:HH:mm:ss.f} {hold.To:HH:mm:ss.f}").Order(StringComparer.Ordinal));
        Assert.Equal(scenario.Rollout().EndedAt, foreseen.End);
        scenario.LawsHold();
    }

    private static (string Region, DateTimeOffset At, string Az, int Hosts)[] Begun(Scenario scenario) =>
        [.. scenario.Events.Where(one => one.Event is BatchBegan).Select(one => (one.Stream.FirstKey, one.At, ((BatchBegan)one.Event).Az, ((BatchBegan)one.Event).Hosts.Length)).OrderBy(one => one.At).ThenBy(one => one.FirstKey, StringComparer.Ordinal)];

    private static (string Region, DateTimeOffset At, string Az, int Hosts)[] Planned(RolloutForecast foreseen) =>
        [.. foreseen.Stages.SelectMany(stage => stage.Waves).SelectMany(wave => wave.Regions).SelectMany(region => region.Batches.Select(batch => (region.Region, batch.Begins, batch.Az, batch.Hosts))).OrderBy(one => one.Begins).ThenBy(one => one.Region, StringComparer.Ordinal)];

    private static IEnumerable<string> Held(Scenario scenario) =>
        scenario.Events.Where(one => one.Event is CalendarClosed or CalendarOpened).GroupBy(one => one.Stream).SelectMany(stream => stream.Chunk(2).Select(pair => $"{stream.Key.FirstKey} {string.Join('+', ((CalendarClosed)pair[0].Event).Entries)} {pair[0].At:HH:mm:ss.f} {pair[1].At:HH:mm:ss.f}")).Order(StringComparer.Ordinal);

    private static AddEntry Freeze(Scenario scenario, string id, int after, int seconds, Overrun overrun, Scope scope)
    {
        var from = scenario.Clock.GetUtcNow().AddSeconds(after);
        return new(new(id, EntryKind.Freeze, scope, $"{Text(from)} to {Text(from.AddSeconds(seconds))}", "peak week") { Zone = "UTC", Overrun = overrun });
    }

    private static string Text(DateTimeOffset at) => $"{at:yyyy-MM-dd HH:mm:ss}";
}
