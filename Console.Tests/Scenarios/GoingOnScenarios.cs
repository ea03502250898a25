using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios;

/// <summary>What a rollout may go on with, and what it must wait for when it does.</summary>
[Trait("Category", "Scenario")]
public sealed class GoingOnScenarios
{
    [Fact]
    public async Task After_a_rollback_that_was_given_up_it_can_only_be_rolled_back_again()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Fleet().Hosts["eu-b1"].Release == SmallFleet.New);
        await scenario.MustAsync(new RollBackRollout("r1"));
        await scenario.UntilAsync(() => scenario.Fleet().Hosts["eu-a1"].Release == SmallFleet.Old && scenario.Hosts.Running("eu-a1") == SmallFleet.Old);
        await scenario.MustAsync(new AbortRollout("r1-rb"));
        await scenario.UntilAsync(() => scenario.Fleet().Active.IsEmpty && scenario.Fleet("us").Active.IsEmpty);
        await scenario.ForAsync(TimeSpan.FromMinutes(11));
        await scenario.MustAsync(new AbandonRollout("r1-rb"), "another way");
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);

        Assert.Equal("rollout.taken-back", (await scenario.SendAsync(new ResumeRollout("r1"))).Rejection?.Code);
        Assert.Equal("rollout.taken-back", (await scenario.SendAsync(new RetryRollout("r1"))).Rejection?.Code);
        await scenario.MustAsync(new RollBackRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    public async Task It_is_not_complete_before_the_casualties_of_an_earlier_wave_that_are_retried_are_back()
    {
        var broken = true;
        var scenario = await SmallFleet.StartedAsync(
            it => it.Hosts.FaultOf = command => broken && command.Host.Id == "eu-c2" && command.Step == HostStep.Start ? Fault.Errors : Fault.None,
            pipeline => pipeline with { Casualties = new(1, 2) });
        await scenario.UntilAsync(() => scenario.Run("us") is { Stage: 2, Phase: RunPhase.Baking, Az: "usc" } us && us.Pending.IsEmpty && us.Touched.Length == 7);
        Assert.Equal("eu-c2", Assert.Single(scenario.Run().Casualties).Host);
        await scenario.MustAsync(new AbortRollout("r1"));
        broken = false;
        await scenario.MustAsync(new RetryRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        Assert.Equal((SmallFleet.New, SmallFleet.New), (scenario.Hosts.Running("eu-c2"), scenario.Fleet().Hosts["eu-c2"].Release));
        Assert.Contains("eu-c2", scenario.Run().Confirmed);
        scenario.LawsHold();
    }
}
