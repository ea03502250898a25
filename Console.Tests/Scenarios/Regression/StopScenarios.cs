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

    [Fact]
    [Regression("stop-02")]
    public async Task An_override_names_its_pull_lets_one_rollout_work_and_ends_with_the_pull()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 1 });
        await scenario.MustAsync(new PullCord(Scope.Global, CordMode.ReadOnly));
        await scenario.ForAsync(TimeSpan.FromSeconds(40));
        var left = Forward(scenario);

        async Task<string?> Refused(OverrideCord command, Actor? actor = null, string? reason = "the fix for what stopped us") => (await scenario.SendAsync(command, actor, reason)).Rejection?.Code;
        Assert.Equal("cord.no-such-pull", await Refused(new("c-9", "r1")));
        Assert.Equal("cord.reason-missing", await Refused(new("c-1", "r1"), reason: null));
        Assert.Equal("access.forbidden", await Refused(new("c-1", "r1"), Actor.Person("ann", Role.Approver)));
        Assert.Equal("cord.read-only", await Refused(new("c-1", "r1")));
        Assert.Equal("rollout.cord", (await scenario.SendAsync(new RetryRollout("r1"))).Rejection!.Code);
        Assert.Null(await Refused(new("c-1", "r1", HostsReadOnly: true)));
        Assert.Equal([("c-1", "r1", "person:ada")], scenario.States.Get<CordState>(CordStreams.Only).Overrides.Select(one => (one.Pull, one.Rollout, one.By)));

        // Nothing resumes by it.
        await scenario.ForAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((left, RolloutStatus.Stopped), (Forward(scenario), scenario.Rollout().Status));
        await scenario.MustAsync(new RetryRollout("r1"));
        await scenario.UntilAsync(() => Forward(scenario) > left);

        // Another pull is not overridden by it.
        await scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt));
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(RolloutStatus.Stopped, scenario.Rollout().Status);
        await scenario.MustAsync(new ReleaseCord("c-1"));
        Assert.Empty(scenario.States.Get<CordState>(CordStreams.Only).Overrides);
        scenario.LawsHold();
    }

    private static int Forward(Scenario scenario) => scenario.Hosts.Received.Count(command => command.Purpose == VisitPurpose.Forward);
}
