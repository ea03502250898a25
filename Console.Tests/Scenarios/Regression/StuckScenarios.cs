using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>What must not hang.</summary>
[Trait("Category", "Scenario")]
public sealed class StuckScenarios
{
    [Fact]
    [Regression("stuck-01")]
    public async Task A_deadline_fires_although_no_host_ever_came_up()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Release: SmallFleet.New, Step: HostStep.Start, Host.Validator: false } ? Fault.Dies : Fault.None);

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.RollingBack, TimeSpan.FromMinutes(2));

        Assert.Equal("casualty budget", scenario.Rollout().Evidence!.Gate);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("stuck-02")]
    public async Task A_mended_release_travels_against_what_the_fleet_runs_after_a_rollback()
    {
        const string Mended = "3.0";
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        await scenario.MustAsync(new RegisterRelease(SmallFleet.Release(Mended)));

        await scenario.MustAsync(new StartRollout("r2", "web", Mended, "web"));
        Assert.Equal(SmallFleet.Old, scenario.Rollout("r2").Plan!.Before);
        await scenario.UntilAsync(() => scenario.Rollout("r2").Ended);

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout("r2").Status);
        Assert.All(SmallFleet.All(scenario), host => Assert.Equal(Mended, host.Release));
        scenario.LawsHold();
    }

    [Theory]
    [Regression("stuck-03")]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(40)]
    public async Task Work_without_a_finite_deadline_cannot_be_planned(int days)
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        var none = TimeSpan.FromDays(days);
        var pipeline = SmallFleet.Pipeline() with { Name = "endless", Limits = new() { Batch = none, Az = none, Stage = none, Decision = none, Visit = none } };

        var refused = (await scenario.SendAsync(new SavePipeline(pipeline, "the file"))).Rejection!;

        foreach (var limit in new[] { "limits.batch", "limits.az", "limits.stage", "limits.decision", "limits.visit" })
        {
            Assert.Contains(limit, string.Join(' ', refused.Evidence.Keys) + refused.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Regression("stuck-04")]
    public async Task A_rollback_is_there_in_the_last_stage_too()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Release: SmallFleet.New, Host.Region: "us", Host.Validator: false, Step: HostStep.Verify } ? Fault.Dies : Fault.None);
        await scenario.UntilAsync(() => scenario.Rollout().Stage == 2 && scenario.Hosts.Running("us-a1") == SmallFleet.New);

        await scenario.MustAsync(new RollBackRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("stuck-05")]
    public async Task Health_that_flips_fails_at_a_known_time()
    {
        var scenario = await SmallFleet.StartedAsync(
            change: pipeline => pipeline with { Gates = [.. pipeline.Gates.Select(gate => gate with { Bad = 5, Of = 5 })], Stages = [.. pipeline.Stages.Select(stage => stage.OneBox is null ? stage : stage with { OneBox = new(TimeSpan.FromMinutes(3), 0, TimeSpan.FromMinutes(3)) })] });
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        var began = scenario.Clock.GetUtcNow();
        // Four seconds in twenty are bad: never five windows in a row, as the gate asks, but the budget of 10 s is spent in the third spell.
        scenario.Health.Seen = (release, query, reading) =>
            release == SmallFleet.New && reading.Metric == Metrics.ErrorRate && (query.To - began).TotalSeconds % 20 < 4 ? reading with { Value = 0.3 } : reading;
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.RollingBack, TimeSpan.FromMinutes(3));

        Assert.InRange(scenario.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(65));
        Assert.Contains("in all", scenario.Rollout().Why, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("stuck-06")]
    public async Task A_wait_names_the_host_the_step_since_when_until_when_and_what_ends_it()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Host.Id: "eu-a1", Step: HostStep.Drain } ? Fault.Dies : Fault.None);
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Working } && scenario.Hosts.Received.Any(command => command.Host.Id == "eu-a1"));
        await scenario.ForAsync(TimeSpan.FromSeconds(10));

        var wait = RunWait.Of(scenario.Run(), RunDecider.Input(scenario.States, "eu", "r1", null, scenario.Clock.GetUtcNow()))!;

        Assert.Equal("eu-a1 at Drain", wait.What);
        Assert.InRange(scenario.Clock.GetUtcNow() - wait.Since, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(12));
        Assert.InRange(wait.Until - scenario.Clock.GetUtcNow(), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(25));
        Assert.Equal(("the hosts", "hosts that do not answer become casualties"), (wait.Who, wait.Then));
        var may = RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!.Intents.Where(intent => intent.Why is null).Select(intent => intent.Intent);
        Assert.Contains("RollBack", may);
        Assert.Contains("Abort", may);
    }

    [Fact]
    [Regression("stuck-07")]
    [Regression("ver-02")]
    public void What_a_gate_lacks_is_said_before_a_host_is_touched()
    {
        const string File = """
            name: lacking
            service: web
            gates:
              - { name: no-limit, metric: error-rate }
              - { name: no-metric, max: 1 }
              - { name: never-bad, metric: error-rate, max: 1, windows: 3 of 2 }
            stages:
              - name: all
            """;

        var read = PipelineReader.Read(File);

        Assert.Null(read.Content);
        var said = string.Join('\n', read.Errors.Select(error => error.ToString()));
        Assert.Contains("gates[0]", said, StringComparison.Ordinal);
        Assert.Contains("gates[1]", said, StringComparison.Ordinal);
        Assert.Contains("gates[2]", said, StringComparison.Ordinal);
    }

    [Fact]
    [Regression("stuck-08")]
    public async Task Deadlines_of_progress_stand_still_while_a_person_holds_it_and_the_hold_has_its_own()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        await scenario.MustAsync(new PauseRollout("r1", TimeSpan.FromMinutes(45)));

        await scenario.ForAsync(TimeSpan.FromMinutes(44));
        Assert.Equal((RolloutStatus.Paused, null), (scenario.Rollout().Status, scenario.Run().Halt));
        await scenario.ForAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((RolloutStatus.Stopped, "timer"), (scenario.Rollout().Status, scenario.Rollout().By));
        scenario.LawsHold();
    }
}
