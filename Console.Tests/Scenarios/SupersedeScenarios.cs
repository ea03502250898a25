using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Domain.Rollouts.Queue;
using OpsConsole.Tests.Scenarios.Regression;

namespace OpsConsole.Tests.Scenarios;

/// <summary>A second start while a rollout of the service is under way.</summary>
[Trait("Category", "Scenario")]
public sealed class SupersedeScenarios
{
    private const string Five = "5.0";

    [Fact]
    public async Task It_waits_for_its_turn_and_says_its_place()
    {
        var scenario = await UnderWayAsync(SupersedePolicy.Queue);
        await scenario.MustAsync(Start("r5"));
        await scenario.MustAsync(Start("r6"));

        Assert.Equal((RolloutStatus.Queued, RolloutStatus.Queued), (scenario.Rollout("r5").Status, scenario.Rollout("r6").Status));
        Assert.Contains("place 1 in the queue of web, behind r1 (2.0, Running)", Wait(scenario, "r5"), StringComparison.Ordinal);
        Assert.Contains("place 2 in the queue of web, behind r1 (2.0, Running), r5 (5.0, Queued)", Wait(scenario, "r6"), StringComparison.Ordinal);
        Assert.Equal("rollout.queued", (await scenario.SendAsync(new ResumeRollout("r5"))).Rejection!.Code);
        await scenario.MustAsync(new AbortRollout("r6"), "not needed");
        Assert.Equal((RolloutStatus.Abandoned, "taken out of the queue by person:ada: not needed"), (scenario.Rollout("r6").Status, scenario.Rollout("r6").Why));

        await scenario.UntilAsync(() => scenario.Rollout("r5").Ended);
        Assert.Equal((RolloutStatus.Completed, RolloutStatus.Completed), (scenario.Rollout().Status, scenario.Rollout("r5").Status));
        Assert.All(SmallFleet.All(scenario), host => Assert.Equal((Five, HostState.InService), (host.Release, host.State)));
        scenario.LawsHold();
    }

    [Fact]
    public async Task The_queue_has_an_end()
    {
        var scenario = await UnderWayAsync(SupersedePolicy.Queue);
        for (var n = 0; n < 10; n++)
        {
            await scenario.MustAsync(Start($"q{n}"));
        }

        Assert.Equal("rollout.queue-full", (await scenario.SendAsync(Start("q10"))).Rejection!.Code);
        await scenario.MustAsync(new AbortRollout("q3"));
        await scenario.MustAsync(Start("q11"));
        await scenario.MustAsync(new AbortRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout("q0").Ended, TimeSpan.FromDays(8));
        scenario.LawsHold();
    }

    [Fact]
    public async Task It_takes_the_place_of_what_waits_but_not_of_what_runs()
    {
        var scenario = await UnderWayAsync(SupersedePolicy.ReplaceWaiting);
        await scenario.MustAsync(Start("r5"));
        await scenario.ForAsync(TimeSpan.FromSeconds(1));
        await scenario.MustAsync(Start("r6"));
        await scenario.ForAsync(TimeSpan.FromSeconds(1));

        Assert.Equal((RolloutStatus.Superseded, "r6", RolloutStatus.Queued, RolloutStatus.Running), (scenario.Rollout("r5").Status, scenario.Rollout("r5").SupersededBy, scenario.Rollout("r6").Status, scenario.Rollout().Status));
        await scenario.UntilAsync(() => scenario.Rollout("r6").Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout("r6").Status);
        scenario.LawsHold();
    }

    [Fact]
    public async Task It_becomes_the_goal_and_what_ran_keeps_what_it_did()
    {
        var scenario = await UnderWayAsync(SupersedePolicy.Replace);
        await scenario.UntilAsync(() => scenario.Fleet().Hosts["eu-a1"].Release == SmallFleet.New);
        await scenario.MustAsync(new SetSubscription(NotificationScenarios.Everything));
        await scenario.MustAsync(Start("r5"));
        await scenario.ForAsync(TimeSpan.FromSeconds(1));

        Assert.Equal((RolloutStatus.Superseded, "r5"), (scenario.Rollout().Status, scenario.Rollout().SupersededBy));
        Assert.Equal(SmallFleet.New, scenario.Fleet().Hosts["eu-a1"].Release);
        Assert.Null(scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("web")).Releases[SmallFleet.New].QuarantinedBy);
        await scenario.UntilAsync(() => scenario.Rollout("r5").Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout("r5").Status);
        Assert.All(SmallFleet.All(scenario), host => Assert.Equal(Five, host.Release));
        await scenario.ForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["r5 Queued", "r1 Superseded", "r5 Started"], scenario.Receiver.Told("all").Where(told => !told.EndsWith("StageBegan", StringComparison.Ordinal) && told != "r5 Completed").OrderBy(told => told switch { "r5 Queued" => 0, "r1 Superseded" => 1, _ => 2 }));
        scenario.LawsHold();
    }

    [Fact]
    [Regression("race-11")]
    public async Task A_new_goal_is_taken_while_a_rollback_is_under_way_and_the_history_shows_it()
    {
        var scenario = await UnderWayAsync(SupersedePolicy.Replace);
        await scenario.UntilAsync(() => scenario.Fleet().Hosts["eu-b1"].Release == SmallFleet.New);
        await scenario.MustAsync(new RollBackRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout("r1-rb").Status == RolloutStatus.Running && scenario.Fleet().ActiveVisits.Any());

        await scenario.MustAsync(Start("r5"), "five mends it");
        await scenario.UntilAsync(() => scenario.Rollout("r5").Ended);

        Assert.Equal((RolloutStatus.Completed, Five), (scenario.Rollout("r5").Status, scenario.Rollout("r5").Plan!.Release));
        Assert.All(SmallFleet.All(scenario), host => Assert.Equal((Five, HostState.InService), (host.Release, host.State)));
        var history = RolloutSummary.List(scenario.States, scenario.Clock.GetUtcNow()).OrderBy(one => one.StartedAt).ThenBy(one => one.Kind).Select(one => (one.Release, one.Status, one.SupersededBy));
        Assert.Equal([(SmallFleet.New, RolloutStatus.Superseded, "r5"), (SmallFleet.Old, RolloutStatus.Superseded, "r5"), (Five, RolloutStatus.Completed, null)], history);
        Assert.Contains("superseded by r5, web 5.0, as person:ada asked: five mends it", scenario.Rollout("r1-rb").Why, StringComparison.Ordinal);
        Assert.Equal("r1", scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("web")).Releases[SmallFleet.New].QuarantinedBy);
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_hotfix_goes_ahead_of_the_queue_one_host_first_by_a_role_and_a_reason()
    {
        var scenario = await UnderWayAsync(SupersedePolicy.Queue, pipeline => pipeline with { Hotfix = new(25) });
        await scenario.MustAsync(Start("r5"));
        var hotfix = Start("hot") with { Hotfix = true, Release = "6.0" };
        Assert.Equal("access.forbidden", (await scenario.SendAsync(hotfix, Actor.Person("op", Role.Operator))).Rejection!.Code);
        Assert.Equal("rollout.reason-missing", (await scenario.SendAsync(hotfix, reason: null)).Rejection!.Code);
        await scenario.MustAsync(hotfix, "customers lose data", Actor.Person("ann", Role.Approver));
        Assert.Contains("place 1 in the queue of web, in the hotfix lane", Wait(scenario, "hot"), StringComparison.Ordinal);
        Assert.Contains("place 2", Wait(scenario, "r5"), StringComparison.Ordinal);

        var rest = scenario.Rollout("hot").Plan!.Stages[2].Waves.SelectMany(wave => wave.Regions);
        Assert.All(rest, region => Assert.Equal(BatchKind.OneBox, region.Batches[0].Kind));
        Assert.All(scenario.Rollout("hot").Plan!.Regions.SelectMany(region => region.Batches), batch => Assert.True(batch.Bake.Duration >= TimeSpan.FromSeconds(1), $"{batch.Kind} bakes for {batch.Bake.Duration}"));
        Assert.Equal(scenario.Rollout().Pipeline!.Gates.Select(gate => gate.Name), scenario.Rollout("hot").Pipeline!.Gates.Select(gate => gate.Name));

        await scenario.UntilAsync(() => scenario.Rollout("r5").Ended, TimeSpan.FromHours(1));
        Assert.Equal((RolloutStatus.Completed, RolloutStatus.Completed), (scenario.Rollout("hot").Status, scenario.Rollout("r5").Status));
        Assert.True(scenario.Rollout("hot").EndedAt <= scenario.Rollout("r5").StartedAt);
        scenario.LawsHold();
    }

    [Fact]
    public async Task What_waited_does_not_begin_by_itself_after_the_cord()
    {
        var scenario = await UnderWayAsync(SupersedePolicy.Queue);
        await scenario.MustAsync(Start("r5"));
        await scenario.MustAsync(new PullCord(Scope.Global, CordMode.Halt));
        await scenario.MustAsync(new ReleaseCord("c-1"));
        await scenario.ForAsync(TimeSpan.FromSeconds(2));

        Assert.Equal((RolloutStatus.Abandoned, "cord"), (scenario.Rollout("r5").Status, scenario.Rollout("r5").By));
        scenario.LawsHold();
    }

    [Fact]
    public async Task Killed_after_any_event_the_same_goal_is_reached()
    {
        var undisturbed = await UnderWayAsync(SupersedePolicy.Replace);
        var from = undisturbed.Events.Count;
        await undisturbed.MustAsync(Start("r5"));
        await undisturbed.UntilAsync(() => undisturbed.Rollout("r5").Ended);
        for (var at = from + 1; at < from + 40; at += 3)
        {
            var scenario = await UnderWayAsync(SupersedePolicy.Replace);
            scenario.KillAfter = at;
            await scenario.MustAsync(Start("r5"));
            await scenario.UntilAsync(() => scenario.Rollout("r5").Ended);
            Assert.Equal((1, RolloutStatus.Completed, RolloutStatus.Superseded), (scenario.Kills, scenario.Rollout("r5").Status, scenario.Rollout().Status));
            scenario.LawsHold();
        }
    }

    private static StartRollout Start(string id) => new(id, "web", Five, "web");

    private static string Wait(Scenario scenario, string id) => RolloutSummary.Find(scenario.States, id, scenario.Clock.GetUtcNow())!.Wait!.What;

    private static async Task<Scenario> UnderWayAsync(SupersedePolicy policy, Func<Pipeline, Pipeline>? change = null)
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => (change ?? (same => same))(pipeline with { Supersede = policy }));
        await scenario.MustAsync(new RegisterRelease(SmallFleet.Release(Five)));
        await scenario.MustAsync(new RegisterRelease(SmallFleet.Release("6.0")));
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Working, Batch: 0 });
        return scenario;
    }
}
