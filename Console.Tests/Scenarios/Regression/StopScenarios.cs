using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>The emergency stop.</summary>
[Trait("Category", "Scenario")]
public sealed class StopScenarios
{
    [Fact]
    [Regression("stop-01")]
    [Regression("stop-03")]
    [Regression("stop-04")]
    public async Task Nothing_leaves_after_the_pull_not_after_a_restart_and_not_by_itself_after_the_release()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Host.Id: "eu-b1", Step: HostStep.Install } ? Fault.Hangs : Fault.None);
        await scenario.UntilAsync(() => scenario.Hosts.Received.Any(command => command is { Host.Id: "eu-b1", Step: HostStep.Install }));
        await scenario.MustAsync(new PullCord(Scope.Global, CordMode.Halt));
        var left = scenario.Hosts.Received.Count;

        var inFlight = scenario.Fleet().ActiveVisits.Single();
        Assert.Equal(("eu-b1", HostStep.Install), (inFlight.Host, inFlight.Step));
        Assert.InRange(inFlight.Deadline - scenario.Clock.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

        scenario.KillAfter = scenario.Events.Count + 1;
        await scenario.UntilAsync(() => scenario.Kills == 1);
        await scenario.ForAsync(TimeSpan.FromMinutes(2));
        Assert.Single(scenario.States.Get<CordState>(CordStreams.Only).InForce);
        Assert.Equal(left, scenario.Hosts.Received.Count);

        await scenario.MustAsync(new ReleaseCord("c-1"));
        await scenario.ForAsync(TimeSpan.FromMinutes(2));
        Assert.Equal((left, RolloutStatus.Stopped), (scenario.Hosts.Received.Count, scenario.Rollout().Status));

        scenario.Hosts.FaultOf = _ => Fault.None;
        await scenario.MustAsync(new RetryRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }
}
