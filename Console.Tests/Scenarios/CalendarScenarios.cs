using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.Scenarios.Regression;

namespace OpsConsole.Tests.Scenarios;

/// <summary>A rollout meets freezes and windows: what begins, what goes on, what it says, and that nothing keeps it from stopping.</summary>
[Trait("Category", "Scenario")]
public sealed class CalendarScenarios
{
    [Fact]
    public async Task A_freeze_holds_the_next_batch_says_until_when_and_lets_it_go_on_by_itself()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        var until = await FreezeAsync(scenario, minutes: 20);
        await scenario.UntilAsync(() => scenario.Run().Held is not null);
        var visited = scenario.Hosts.Received.Count;
        await scenario.ForAsync(TimeSpan.FromMinutes(2));

        var wait = RunWait.Of(scenario.Run(), RunDecider.Input(scenario.States, "eu", "r1", null, scenario.Clock.GetUtcNow()))!;
        Assert.Contains("season", wait.What, StringComparison.Ordinal);
        Assert.Contains("peak week", wait.What, StringComparison.Ordinal);
        Assert.Contains("Approver", wait.Who, StringComparison.Ordinal);
        Assert.Equal(until, wait.Until);
        Assert.Equal(visited, scenario.Hosts.Received.Count);

        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromHours(1));
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        Assert.True(scenario.Clock.GetUtcNow() > until);
        scenario.LawsHold();
    }

    [Fact]
    public async Task Deadlines_stand_still_while_the_calendar_holds()
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Limits = pipeline.Limits with { Az = TimeSpan.FromMinutes(3), Stage = TimeSpan.FromMinutes(6), Batch = TimeSpan.FromMinutes(2) } });
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await FreezeAsync(scenario, minutes: 15);
        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromHours(1));
        Assert.True(scenario.Rollout().Status == RolloutStatus.Completed, scenario.Describe());
    }

    [Fact]
    public async Task A_calendar_that_does_not_open_within_the_limit_asks_a_person()
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Limits = pipeline.Limits with { Hold = TimeSpan.FromMinutes(5) } });
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await FreezeAsync(scenario, minutes: 60);
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);
        Assert.Contains("calendar", scenario.Rollout().Why, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    /// <summary>Two hosts an AZ, one a batch: the freeze begins while the first is in work.</summary>
    [Theory]
    [InlineData(Overrun.Pause, 1)]
    [InlineData(Overrun.FinishBatch, 1)]
    [InlineData(Overrun.FinishAz, 2)]
    [Regression("frz-02")]
    public async Task Work_under_way_when_it_closes_goes_as_far_as_the_entry_says(Overrun overrun, int hosts)
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Stages = [pipeline.Stages[1] with { OneBox = null, BatchBake = Bake.None }] });
        await scenario.UntilAsync(() => scenario.Run().Phase == RunPhase.Working && !scenario.Fleet().Active.IsEmpty);
        await FreezeAsync(scenario, minutes: 20, overrun);
        await scenario.ForAsync(TimeSpan.FromSeconds(1.5));
        Assert.Empty(scenario.Run().Confirmed);
        Assert.Equal(overrun == Overrun.Pause, scenario.Run().Held is not null);
        await scenario.UntilAsync(() => scenario.Run().Held is not null && scenario.Fleet().Active.IsEmpty);
        await scenario.ForAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(hosts, scenario.Run().Confirmed.Count);
        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromHours(1));
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    [Fact]
    public async Task An_override_of_the_named_freeze_lets_this_rollout_pass_until_it_expires()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await FreezeAsync(scenario, minutes: 20);
        await scenario.UntilAsync(() => scenario.Run().Held is not null);
        await scenario.MustAsync(new OverrideEntry("season", "r1", TimeSpan.FromMinutes(1)), "the fix must go out");
        await scenario.UntilAsync(() => scenario.Run().Held is null, TimeSpan.FromSeconds(5));
        await scenario.UntilAsync(() => scenario.Run().Held is not null || scenario.Run("us").Held is not null, TimeSpan.FromMinutes(3));
        Assert.True(scenario.Clock.GetUtcNow() >= scenario.States.Get<CalendarState>(CalendarStreams.Only).Overrides[0].Until);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("frz-06")]
    public async Task A_closed_calendar_keeps_nothing_from_stopping_and_rolling_back()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await FreezeAsync(scenario, minutes: 600);
        await scenario.UntilAsync(() => scenario.Run().Held is not null);
        await scenario.MustAsync(new RollBackRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("frz-06")]
    public async Task Alarms_are_awake_while_the_calendar_holds()
    {
        var sick = false;
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => sick && release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await FreezeAsync(scenario, minutes: 600);
        await scenario.UntilAsync(() => scenario.Run().Held is not null);
        await scenario.ForAsync(TimeSpan.FromMinutes(1));
        sick = true;
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
    }

    [Fact]
    public async Task The_cord_is_heard_while_the_calendar_holds()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await FreezeAsync(scenario, minutes: 600);
        await scenario.UntilAsync(() => scenario.Run().Held is not null);
        await scenario.MustAsync(new PullCord(Scope.Global, CordMode.Halt));
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.Stopped, TimeSpan.FromSeconds(2));
        Assert.Equal(HaltKind.Cord, scenario.Run().Halt?.Kind);
    }

    [Fact]
    public async Task Where_there_are_windows_the_first_batch_waits_for_one()
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        var opens = scenario.Clock.GetUtcNow().AddMinutes(30);
        await scenario.MustAsync(new AddEntry(new("office", EntryKind.Window, Scope.OfService("web"), $"{opens:yyyy-MM-dd HH:mm:ss} to {opens.AddHours(5):yyyy-MM-dd HH:mm:ss}", "people are there") { Zone = "UTC" }));
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "web"));
        await scenario.UntilAsync(() => scenario.Run().Held is not null);
        await scenario.UntilAsync(() => scenario.Hosts.Received.Count > 0, TimeSpan.FromHours(1));
        Assert.True(scenario.Clock.GetUtcNow().AddMinutes(1) >= opens);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    /// <summary>A freeze from the next second on; answers when it ends.</summary>
    internal static async Task<DateTimeOffset> FreezeAsync(Scenario scenario, int minutes, Overrun overrun = Overrun.FinishBatch)
    {
        var now = scenario.Clock.GetUtcNow();
        var from = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)).AddSeconds(1);
        await scenario.MustAsync(new AddEntry(new("season", EntryKind.Freeze, Scope.Global, $"{from:yyyy-MM-dd HH:mm:ss} to {from.AddMinutes(minutes):yyyy-MM-dd HH:mm:ss}", "peak week") { Zone = "UTC", Overrun = overrun }));
        return from.AddMinutes(minutes);
    }
}
