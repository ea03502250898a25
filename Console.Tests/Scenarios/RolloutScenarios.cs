using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.Scenarios.Regression;

namespace OpsConsole.Tests.Scenarios;

[Trait("Category", "Scenario")]
public sealed class RolloutScenarios
{
    [Fact]
    public async Task A_good_release_reaches_every_host_and_is_proven_good()
    {
        var scenario = await SmallFleet.StartedAsync();

        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.ForAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        Assert.All(SmallFleet.All(scenario), host => Assert.Equal(SmallFleet.New, host.Release));
        Assert.Equal("r1", scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("web")).Releases[SmallFleet.New].ProvenBy);
        scenario.LawsHold();
    }

    [Theory]
    [InlineData(Metrics.ErrorRate, 0.2, "errors")]
    [InlineData(Metrics.LatencyP99, 90, "latency")]
    [InlineData(Metrics.Availability, 0.5, "availability")]
    [InlineData(Metrics.ProbeSuccess, 0.9, "probe")]
    public async Task Each_kind_of_bad_reading_rolls_back_before_the_second_AZ_and_says_what_was_seen(string metric, double value, string gate)
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) =>
            release == SmallFleet.New && reading.Metric == metric ? reading with { Value = value, Detail = "GET gave 500, expected 200", Host = "eu-a1" } : reading);

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Release == SmallFleet.New && command.Host.Az[^1] != 'a');
        var evidence = scenario.Rollout().Evidence!;
        Assert.Equal((gate, value, "eu-a1"), (evidence.Gate, evidence.Value, evidence.Host));
        Assert.Contains("GET gave 500, expected 200", evidence.Sentence, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_release_that_will_not_start_rolls_back_by_its_first_casualty()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Step: HostStep.Start, Release: SmallFleet.New, Host.Validator: false } ? Fault.Errors : Fault.None);

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
        Assert.Contains("the process ended with code 3", scenario.Rollout().Why, StringComparison.Ordinal);
        Assert.Equal("eu-a1", scenario.Rollout().Evidence!.Host);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_quarantined_release_is_refused_until_a_person_clears_it()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New ? reading with { Value = 0.5 } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        var refused = await scenario.SendAsync(new StartRollout("r2", "web", SmallFleet.New, "web"));
        Assert.Equal("rollout.quarantined", refused.Rejection?.Code);
        Assert.Equal("release.reason-missing", (await scenario.SendAsync(new ClearQuarantine("web", SmallFleet.New), reason: null)).Rejection?.Code);
        await scenario.MustAsync(new ClearQuarantine("web", SmallFleet.New));
        await scenario.MustAsync(new StartRollout("r2", "web", SmallFleet.New, "web"));
    }

    [Fact]
    public async Task Missing_data_neither_promotes_nor_rolls_back_but_asks_a_person_when_the_extension_ends()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New ? reading with { Samples = 0 } : reading);

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(2));

        Assert.All(scenario.Hosts.Received, command => Assert.True(command.Host.Validator));
        Assert.Equal(0, scenario.Rollout().Rollbacks);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_source_that_fails_asks_too_and_going_on_is_a_persons_act()
    {
        var failing = true;
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && failing ? reading with { Failure = "connection refused" } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(2));
        Assert.Contains("connection refused", scenario.Rollout().Evidence!.Sentence, StringComparison.Ordinal);

        failing = false;
        await scenario.ForAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(RolloutStatus.NeedsOperator, scenario.Rollout().Status);
        await scenario.MustAsync(new ResumeRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    [Fact]
    public async Task Flapping_ends_by_the_budget_of_unhealthy_time()
    {
        var turn = 0;
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) =>
            release == SmallFleet.New && reading.Metric == Metrics.ErrorRate && turn++ % 2 == 0 ? reading with { Value = 0.3 } : reading,
            pipeline => pipeline with { Gates = [.. pipeline.Gates.Select(gate => gate with { Bad = 3, Of = 3 })], Unhealthy = TimeSpan.FromSeconds(3) });

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
        Assert.Contains("in all", scenario.Rollout().Why, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_region_that_is_sick_before_the_first_host_is_not_begun()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (_, _, reading) => reading.Metric == Metrics.ProbeSuccess ? reading with { Value = 0.5 } : reading);

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(5));

        Assert.Empty(scenario.Hosts.Received);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("rb-12")]
    public async Task A_roll_forward_only_release_asks_instead_of_rolling_back()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New ? reading with { Value = 0.5 } : reading, rollForwardOnly: true);

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);
        await scenario.ForAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("rollout.roll-forward-only", (await scenario.SendAsync(new RollBackRollout("r1"))).Rejection?.Code);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Purpose == VisitPurpose.Rollback);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("rb-11")]
    public async Task A_host_that_does_not_confirm_the_rollback_is_unknown_and_a_person_is_asked()
    {
        var scenario = await SmallFleet.StartedAsync(it =>
        {
            it.Health.Seen = (release, query, reading) => release == SmallFleet.New && query.Candidates[0] != "eu-a9" && query.Candidates[0] != "us-a9" ? reading with { Value = 0.5 } : reading;
            it.Hosts.FaultOf = command => command is { Purpose: VisitPurpose.Rollback, Step: HostStep.Start } && command.Host.Id == "eu-a1" ? Fault.Dies : Fault.None;
        });

        await scenario.UntilAsync(() => scenario.Rollout("r1-rb").Status == RolloutStatus.NeedsOperator);
        Assert.Contains("eu-a1", scenario.Rollout("r1-rb").Why, StringComparison.Ordinal);
        Assert.Equal(RolloutStatus.RollingBack, scenario.Rollout().Status);

        scenario.Hosts.FaultOf = _ => Fault.None;
        await scenario.MustAsync(new RetryRollout("r1-rb"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_rollout_nobody_decides_on_is_abandoned_in_the_end()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.ForAsync(TimeSpan.FromSeconds(8));
        await scenario.MustAsync(new AbortRollout("r1"));

        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromMinutes(61));

        Assert.Equal(RolloutStatus.Abandoned, scenario.Rollout().Status);
        scenario.LawsHold();
    }
}
