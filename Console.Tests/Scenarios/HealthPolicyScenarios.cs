using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.Scenarios.Regression;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Counts of hosts, timers, velocity, and starting over what is red already.</summary>
[Trait("Category", "Scenario")]
public sealed class HealthPolicyScenarios
{
    [Theory]
    [InlineData("az")]
    [InlineData("region")]
    [InlineData("fleet")]
    public async Task Too_many_unhealthy_hosts_roll_back_wherever_the_limit_stands(string where)
    {
        var rule = where switch { "az" => new HostRule { AzIncrease = 20 }, "region" => new HostRule { RegionIncrease = 5 }, _ => new HostRule { FleetIncrease = 5 } };
        var scenario = await SmallFleet.StartedAsync(Failing("eu-b1"), pipeline => Counting(pipeline, rule));

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
        Assert.Contains("unhealthy", scenario.Rollout().Why, StringComparison.Ordinal);
        Assert.Equal((HostRule.Metric, 14), (scenario.Rollout().Evidence?.Metric, scenario.Rollout().StartHosts.Sum(tally => tally.Hosts)));
        scenario.LawsHold();
    }

    [Fact]
    public async Task One_host_within_the_limit_is_borne()
    {
        var scenario = await SmallFleet.StartedAsync(Failing("eu-b2"), pipeline => Counting(pipeline, new() { AzIncrease = 50, RegionIncrease = 20, FleetIncrease = 10 }));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_host_of_the_plan_that_says_nothing_any_more_makes_a_person_look()
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => Counting(pipeline, new() { Az = 0 }));
        await scenario.UntilAsync(() => scenario.Run().Stage == 1 && scenario.Run().Phase == RunPhase.Baking);
        await scenario.MustAsync(new PlaceHosts("eu", "commercial", [], ["eu-c2"]));

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);

        Assert.Equal((Verdict.Error, 0), (scenario.Run().Gates["hosts"].Last[^1], scenario.Rollout().Rollbacks));
        Assert.Contains("say nothing", scenario.Run().Gates["hosts"].Evidence!.Detail, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("stuck-05")]
    public async Task Flapping_ends_once_its_budget_is_used_up()
    {
        var began = DateTimeOffset.MaxValue;
        var scenario = await SmallFleet.StartedAsync(
            it => it.Health.Seen = (release, query, reading) =>
            {
                var bad = release == SmallFleet.New && query.Candidates.Contains("eu-a1") && reading.Metric == Metrics.ErrorRate && it.Run().Phase == RunPhase.Baking && (int)(query.To - it.Run().BakeSince).TotalSeconds / 2 % 2 == 1;
                return bad ? reading with { Value = 0.5 } : reading;
            },
            pipeline => pipeline with
            {
                Unhealthy = TimeSpan.FromMinutes(5),
                Gates = [.. pipeline.Gates.Select(gate => gate.Name == "errors" ? gate with { Timer = new() { Stable = TimeSpan.FromSeconds(6), Retry = TimeSpan.FromSeconds(6), Budget = TimeSpan.FromSeconds(5) } } : gate)],
            });
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        began = scenario.Run().BakeSince;

        await scenario.UntilAsync(() => scenario.Run().Halt is not null);

        // Bad from the 2nd to the 4th second, the 6th to the 8th and so on, a second each: the fifth one is that of the 10th.
        Assert.Equal((HaltKind.Bad, TimeSpan.FromSeconds(10)), (scenario.Run().Halt!.Kind, TimeSpan.FromSeconds(Math.Round((scenario.Run().Halt!.Since - began).TotalSeconds))));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_limit_of_hosts_an_hour_slows_and_says_so()
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Velocity = new(2, null), Limits = pipeline.Limits with { Az = TimeSpan.FromHours(12), Stage = TimeSpan.FromHours(48) } });
        await scenario.UntilAsync(() => Paced(scenario) is not null, TimeSpan.FromMinutes(10));
        var wait = Paced(scenario)!;
        Assert.Contains("velocity", wait.What, StringComparison.Ordinal);
        Assert.InRange(wait.Until - scenario.Clock.GetUtcNow(), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));

        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromHours(12));
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        var began = scenario.Events.Where(one => one.Stream == RunStreams.Of("eu", "r1") && one.Event is BatchBegan).Select(one => (one.At, ((BatchBegan)one.Event).Hosts.Length)).ToArray();
        Assert.All(began, one => Assert.True(began.Where(other => other.At > one.At.AddHours(-1) && other.At <= one.At).Sum(other => other.Length) <= 2));
        scenario.LawsHold();
    }

    [Fact]
    public async Task Casualties_an_hour_slow_before_they_stop()
    {
        var scenario = await SmallFleet.StartedAsync(
            Failing("eu-a2", "eu-b2", "eu-c2"),
            pipeline => pipeline with { Casualties = new(10, 10), Velocity = new(null, 2), Limits = pipeline.Limits with { Az = TimeSpan.FromHours(12), Stage = TimeSpan.FromHours(48) } });

        await scenario.UntilAsync(() => scenario.Run().Casualties.Length == 1 && Paced(scenario) is not null);
        Assert.Contains("30 min apart", Paced(scenario)!.What, StringComparison.Ordinal);
        await scenario.UntilAsync(() => scenario.Run().Casualties.Length == 2, TimeSpan.FromHours(3));
        Assert.Null(scenario.Run().Halt);
        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromHours(8));
        Assert.Equal((RolloutStatus.Completed, 3), (scenario.Rollout().Status, scenario.Run().Casualties.Length));
        scenario.LawsHold();
    }

    [Fact]
    public async Task One_casualty_too_many_within_an_hour_asks_a_person()
    {
        var scenario = await SmallFleet.StartedAsync(Failing("eu-a2"), pipeline => pipeline with { Casualties = new(10, 10), Velocity = new(null, 0) });
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);
        Assert.Contains("did not come back within an hour", scenario.Rollout().Why, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("ver-08")]
    public async Task What_is_red_before_the_start_is_begun_over_only_by_its_name_and_then_judged_by_what_became_worse()
    {
        var worse = false;
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, query, reading) =>
            it.Rollout().Status != RolloutStatus.RollingBack && query.Region == "eu" && query.Candidates.All(host => !host.EndsWith('9')) && reading.Metric == Metrics.Availability ? reading with { Value = worse && release == SmallFleet.New ? 0.3 : 0.5 } : reading);
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Observing, Windows: > 2 });
        Assert.Contains(RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!.Waits, line => line.Wait.What.Contains("availability", StringComparison.Ordinal));

        Assert.Equal(["availability"], RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!.RedGates.ToArray());

        async Task<string?> Refused(string gate, Actor? actor = null, string? reason = "it is known") => (await scenario.SendAsync(new OverrideGate("r1", gate), actor, reason)).Rejection?.Code;
        Assert.Equal("gate.unknown", await Refused("all"));
        Assert.Equal("gate.not-red", await Refused("errors"));
        Assert.Equal("gate.reason-missing", await Refused("availability", reason: null));
        Assert.Equal("access.forbidden", await Refused("availability", Actor.Person("op", Role.Operator)));
        await scenario.ForAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(RunPhase.Observing, scenario.Run().Phase);

        Assert.Null(await Refused("availability"));
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking, Windows: > 2 });
        Assert.Equal(("availability", "person:ada"), (scenario.Rollout().GateOverrides.Single().Gate, scenario.Rollout().GateOverrides.Single().By));
        worse = true;
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
        Assert.Contains("at least 0.5", scenario.Rollout().Evidence!.Sentence, StringComparison.Ordinal);
        await scenario.MustAsync(new ClearQuarantine("web", SmallFleet.New));
        await scenario.MustAsync(new StartRollout("r2", "web", SmallFleet.New, "web"));
        await scenario.UntilAsync(() => scenario.Rollout("r2").Status == RolloutStatus.NeedsOperator);
        Assert.Empty(scenario.Rollout("r2").GateOverrides);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("ver-03")]
    public async Task Gates_of_a_bake_that_another_gate_ended_are_not_finished()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking, Halt: not null });

        var region = RegionDrawing.Draw(scenario.States, "r1", "eu", scenario.Clock.GetUtcNow())!;
        Assert.Equal(["availability", "latency", "probe"], region.NotFinished.ToArray());
    }

    [Fact]
    public async Task Another_services_gate_holds_the_stage_where_that_service_is_ill_or_unknown()
    {
        var ill = false;
        var scenario = await SmallFleet.StartedAsync(
            it => it.Health.Seen = (_, query, reading) => query.Service == "index" && ill && reading.Metric == Metrics.Availability ? reading with { Value = 0.2 } : reading,
            pipeline => pipeline with { Gates = pipeline.Gates.Add(new("index", Metrics.Availability) { Service = "index", Min = 0.9, Bad = 2, Of = 3 }) });
        await scenario.MustAsync(new PlaceHosts("eu", "commercial", [Index("eu")], []));
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 0, Phase: RunPhase.Done } && scenario.Run("us").Phase == RunPhase.Observing && scenario.Run("us").Windows > 2);
        Assert.Equal(Verdict.Missing, scenario.Run("us").Gates["index"].Last[^1]);
        Assert.All(scenario.Hosts.Received, command => Assert.Equal("eu", command.Host.Region));

        await scenario.MustAsync(new PlaceHosts("us", "commercial", [Index("us")], []));
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        ill = true;
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(("index/availability", RolloutStatus.RolledBack), (scenario.Rollout().Evidence?.Metric, scenario.Rollout().Status));
        scenario.LawsHold();
    }

    private static Host Index(string region) => new($"{region}-i1", "commercial", region, $"{region}a", "r1", HostRole.Index, "index", "m1", 1, HostDriver.Simulated) { Release = "7" };

    private static Pipeline Counting(Pipeline pipeline, HostRule rule) => pipeline with { Casualties = new(10, 10), Gates = pipeline.Gates.Add(new("hosts", HostRule.Metric) { Hosts = rule }) };

    private static Action<Scenario> Failing(params string[] hosts) => it => it.Hosts.FaultOf = command => hosts.Contains(command.Host.Id) && command is { Step: HostStep.Verify, Release: SmallFleet.New } ? Fault.Errors : Fault.None;

    private static Wait? Paced(Scenario scenario) => RunWait.Of(scenario.Run(), RunDecider.Input(scenario.States, "eu", "r1", null, scenario.Clock.GetUtcNow())) is { } wait && wait.What.Contains("velocity", StringComparison.Ordinal) ? wait : null;
}
