using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>Commands that cross. What other systems call abort is rolling back here; aborting alone leaves hosts as they are.</summary>
[Trait("Category", "Scenario")]
public sealed class RaceScenarios
{
    [Fact]
    [Regression("race-01")]
    public async Task A_rollback_is_taken_at_once_although_somebody_let_it_go_on()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New ? reading with { Samples = 0 } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);
        await scenario.MustAsync(new ResumeRollout("r1"));

        await scenario.MustAsync(new RollBackRollout("r1"));
        Assert.Equal(RolloutStatus.RollingBack, scenario.Rollout().Status);
        var forward = Forward(scenario);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(forward, Forward(scenario));
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("race-02")]
    public async Task What_an_alarm_took_back_cannot_be_told_to_go_on()
    {
        var scenario = await BadAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.RollingBack);
        var events = scenario.Events.Count;
        foreach (var command in new RolloutCommand[] { new ResumeRollout("r1"), new RetryRollout("r1"), new PauseRollout("r1", TimeSpan.FromMinutes(5)) })
        {
            var refused = (await scenario.SendAsync(command)).Rejection!;
            Assert.True(refused.Code is "rollout.rolling-back" or "rollout.not-running", refused.Code);
            Assert.Contains("r1-rb", refused.Do, StringComparison.Ordinal);
        }

        Assert.Equal(events, scenario.Events.Count);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal("rollout.ended", (await scenario.SendAsync(new ResumeRollout("r1"))).Rejection!.Code);
    }

    [Fact]
    [Regression("race-03")]
    public async Task What_was_taken_back_begins_anew_at_the_first_batch_with_every_gate()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Batch == 2);
        await scenario.MustAsync(new ResumeRollout("r1"));
        await scenario.MustAsync(new RollBackRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.MustAsync(new ClearQuarantine("web", SmallFleet.New));
        var before = scenario.Hosts.Received.Count;

        await scenario.MustAsync(new StartRollout("r2", "web", SmallFleet.New, "web"));
        await scenario.UntilAsync(() => scenario.Rollout("r2").Ended);

        var order = scenario.Hosts.Received.Skip(before).Select(command => command.Host.Id).Distinct().ToArray();
        Assert.Equal(["eu-a9", "us-a9"], order.Take(2).Order());
        Assert.Equal("eu-a1", order[2]);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout("r2").Status);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("race-04")]
    public async Task An_abort_with_nothing_under_way_touches_nothing()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(1));
        var (events, commands) = (scenario.Events.Count, scenario.Hosts.Received.Count);

        Assert.True((await scenario.SendAsync(new AbortRollout("r1"))).Accepted);
        await scenario.ForAsync(TimeSpan.FromSeconds(5));

        Assert.Equal((events, commands), (scenario.Events.Count, scenario.Hosts.Received.Count));
        Assert.Equal("There is no rollout r9.", (await scenario.SendAsync(new AbortRollout("r9"))).Rejection!.What);
    }

    [Fact]
    [Regression("race-05")]
    public async Task An_abort_ends_a_bake_within_one_tick_and_its_time_does_not_count()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        await scenario.MustAsync(new AbortRollout("r1"));
        await scenario.ForAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal((RolloutStatus.Stopped, HaltKind.Abort), (scenario.Rollout().Status, scenario.Run().Halt?.Kind));

        await scenario.ForAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, scenario.Run().Batch);
        await scenario.MustAsync(new RetryRollout("r1"));
        await scenario.UntilAsync(() => scenario.Run().Halt is null);
        Assert.Equal((RunPhase.Baking, 0L), (scenario.Run().Phase, scenario.Run().BakeSamples));
        var again = scenario.Run().BakeSince;
        await scenario.UntilAsync(() => scenario.Run().Batch == 1);
        Assert.True(scenario.Clock.GetUtcNow() - again >= TimeSpan.FromSeconds(4));
        scenario.LawsHold();
    }

    [Fact]
    [Regression("race-06")]
    [Regression("race-08")]
    public async Task Hosts_that_never_became_healthy_are_taken_back_and_confirmed_one_by_one()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Release: SmallFleet.New, Step: HostStep.Verify, Host.Validator: false } ? Fault.Dies : Fault.None);
        await scenario.UntilAsync(() => scenario.Hosts.Running("eu-a1") == SmallFleet.New);

        await scenario.MustAsync(new RollBackRollout("r1"));
        Assert.Equal(RolloutStatus.RollingBack, scenario.Rollout().Status);
        await scenario.UntilAsync(() => scenario.Rollout("r1-rb").Exists);
        var picture = RolloutDrawing.Draw(scenario.States, "r1-rb", scenario.Clock.GetUtcNow())!;
        Assert.Equal((0, 3), (picture.Summary.Confirmed, picture.Summary.Hosts));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(SmallFleet.Old, scenario.Hosts.Running("eu-a1"));
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Theory]
    [Regression("race-08")]
    [InlineData("before the first window")]
    [InlineData("observing")]
    [InlineData("working")]
    [InlineData("baking")]
    [InlineData("paused")]
    [InlineData("aborted")]
    public async Task A_rollback_is_looked_at_before_any_readiness_in_every_state(string when)
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (_, _, reading) => when == "observing" ? reading with { Samples = 0 } : reading);
        await scenario.UntilAsync(() => when switch
        {
            "before the first window" => true,
            "observing" => scenario.Run().Phase == RunPhase.Observing,
            "baking" => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking },
            _ => scenario.Run() is { Stage: 1, Phase: RunPhase.Working, Batch: 0 },
        });
        if (when is "paused" or "aborted")
        {
            await scenario.MustAsync(when == "paused" ? new PauseRollout("r1", TimeSpan.FromMinutes(5)) : new AbortRollout("r1"));
        }

        await scenario.MustAsync(new RollBackRollout("r1"));
        var forward = Forward(scenario);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(forward, Forward(scenario));
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("race-07")]
    public async Task Automation_that_sends_the_same_release_again_is_refused_until_a_person_clears_it()
    {
        var scenario = await BadAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.RollingBack);
        Assert.False((await scenario.SendAsync(new StartRollout("r2", "web", SmallFleet.New, "web"))).Accepted);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal("rollout.quarantined", (await scenario.SendAsync(new StartRollout("r3", "web", SmallFleet.New, "web"))).Rejection!.Code);
        Assert.False(scenario.Rollout("r3").Exists);
    }

    private static Task<Scenario> BadAsync() =>
        SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);

    private static int Forward(Scenario scenario) => scenario.Hosts.Received.Count(command => command.Purpose == VisitPurpose.Forward);
}
