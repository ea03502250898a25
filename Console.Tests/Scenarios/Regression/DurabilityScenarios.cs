using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>What a restart must not change.</summary>
[Trait("Category", "Scenario")]
public sealed class DurabilityScenarios
{
    [Fact]
    [Regression("dur-01")]
    public async Task A_rollout_of_as_many_stages_as_there_may_be_goes_on_where_the_journal_ends()
    {
        var undisturbed = await ManyStagesAsync(0);
        await undisturbed.UntilAsync(() => undisturbed.Rollout().Ended, TimeSpan.FromHours(2));
        for (var at = undisturbed.Events.First(one => one.Event is WaveOpened).Sequence; at < undisturbed.Events.Count; at += Math.Max(1, undisturbed.Events.Count / 8))
        {
            var killed = await ManyStagesAsync(at);
            await killed.UntilAsync(() => killed.Rollout().Ended, TimeSpan.FromHours(2));

            Assert.Equal((1, RolloutStatus.Completed), (killed.Kills, killed.Rollout().Status));
            Assert.Equal(undisturbed.CommandIds.ToArray(), killed.CommandIds.ToArray());
            Assert.Equal(PipelineRules.MostStages, Opened(killed).Length);
            Assert.Equal(Opened(killed).Distinct(), Opened(killed));
            killed.LawsHold();
        }
    }

    [Fact]
    [Regression("dur-02")]
    public async Task A_restart_neither_cancels_nor_forgets()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Working, Batch: 1 });
        var (run, rollout) = (scenario.Run(), scenario.Rollout());

        scenario.KillAfter = scenario.Events.Count + 1;
        await scenario.UntilAsync(() => scenario.Kills == 1);

        Assert.Equal((rollout.Status, rollout.Attempt, rollout.StartedAt), (scenario.Rollout().Status, scenario.Rollout().Attempt, scenario.Rollout().StartedAt));
        Assert.Equal((run.Stage, run.Attempt), (scenario.Run().Stage, scenario.Run().Attempt));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    /// <summary>A console is one process: the other worker is the next one over the same journal, which was told of the cancel by nobody else.</summary>
    [Fact]
    [Regression("dur-03")]
    public async Task A_cancel_that_only_the_journal_knows_is_kept_by_the_engine_that_takes_over()
    {
        var undisturbed = await SmallFleet.StartedAsync();
        await undisturbed.UntilAsync(() => undisturbed.Rollout().Ended);
        for (var at = undisturbed.Events.First(one => one.Event is VisitsBegan).Sequence; at < undisturbed.Events.Count - 5; at += 11)
        {
            var scenario = await SmallFleet.StartedAsync();
            await scenario.UntilAsync(() => scenario.Events.Count >= at);
            var done = scenario.Run().Confirmed.Count;

            scenario.KillAfter = scenario.Events.Count + 1;
            Assert.Null(await scenario.WishAsync(new AbortRollout("r1")));
            var left = scenario.Hosts.Received.Count;
            await scenario.ForAsync(TimeSpan.FromMinutes(5));

            Assert.Equal((1, RolloutStatus.Stopped, left), (scenario.Kills, scenario.Rollout().Status, scenario.Hosts.Received.Count));
            Assert.Equal(done, scenario.Run().Confirmed.Count);
            scenario.LawsHold();
        }
    }

    [Fact]
    [Regression("dur-05")]
    public async Task A_cancel_whose_host_and_engine_are_both_gone_comes_to_its_end_within_its_limit()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Host.Id: "eu-b1", Step: HostStep.Install } ? Fault.Dies : Fault.None);
        await scenario.UntilAsync(() => scenario.Hosts.Received.Any(command => command is { Host.Id: "eu-b1", Step: HostStep.Install }));
        scenario.KillAfter = scenario.Events.Count + 1;
        Assert.Null(await scenario.WishAsync(new AbortRollout("r1")));
        Assert.Equal(1, scenario.Kills);
        var limit = Remains.Limit + EngineLoop.Interval;

        await scenario.ForAsync(limit);

        await scenario.MustAsync(new AbandonRollout("r1"));
        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromSeconds(2));
        Assert.Empty(scenario.Fleet().ActiveVisits);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("dur-04")]
    public async Task An_abort_at_any_event_wins_over_what_hosts_say_at_the_same_time()
    {
        var undisturbed = await SmallFleet.StartedAsync();
        await undisturbed.UntilAsync(() => undisturbed.Rollout().Ended);
        var from = undisturbed.Events.First(one => one.Event is VisitsBegan).Sequence;
        for (var at = from; at < undisturbed.Events.Count - 5; at += 7)
        {
            var scenario = await SmallFleet.StartedAsync();
            scenario.AfterEvent(at, () => scenario.SendAsync(new AbortRollout("r1")));
            await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.Stopped || scenario.Rollout().Ended);
            var left = scenario.Hosts.Received.Count;
            await scenario.ForAsync(TimeSpan.FromSeconds(10));

            Assert.Equal((RolloutStatus.Stopped, left), (scenario.Rollout().Status, scenario.Hosts.Received.Count));
            scenario.LawsHold();
        }
    }

    [Fact]
    [Regression("dur-06")]
    public async Task A_cancel_that_does_not_end_is_abandoned_only_after_its_limit_and_stays_watched()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Host.Id: "eu-b1", Step: HostStep.Install } ? Fault.Dies : Fault.None, pipeline => pipeline with { Limits = pipeline.Limits with { Visit = TimeSpan.FromMinutes(20), Batch = TimeSpan.FromMinutes(29) } });
        await scenario.UntilAsync(() => scenario.Hosts.Received.Any(command => command is { Host.Id: "eu-b1", Step: HostStep.Install }));
        await scenario.MustAsync(new AbortRollout("r1"));
        await scenario.ForAsync(TimeSpan.FromMinutes(9));

        var early = (await scenario.SendAsync(new AbandonRollout("r1"))).Rejection!;
        Assert.Equal("rollout.still-cancelling", early.Code);
        Assert.Contains("eu-b1 at Install", early.Why, StringComparison.Ordinal);
        await scenario.ForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("rollout.reason-missing", (await scenario.SendAsync(new AbandonRollout("r1"), reason: null)).Rejection!.Code);
        Assert.Equal("access.forbidden", (await scenario.SendAsync(new AbandonRollout("r1"), Actor.Person("eve", Role.Viewer))).Rejection!.Code);
        await scenario.MustAsync(new AbandonRollout("r1"), "the host is out of reach");

        var picture = RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!;
        Assert.Equal((RolloutStatus.Abandoned, 1), (picture.Summary.Status, picture.Summary.Watched));
        Assert.Equal(["eu-b1 at Install"], picture.Watched.Select(step => step.ToString()));
        Assert.Equal(["eu-b1 at Install"], scenario.Events.Select(one => one.Event).OfType<RolloutAbandoned>().Single().Watched.ToArray());

        // The host answers after all: nothing of it runs any more.
        var visit = scenario.Fleet().Visits["eu-b1"];
        await scenario.MustAsync(new ReportSteps("eu", [new("eu-b1", visit.CommandId, visit.Token, true, SmallFleet.New, null)]), actor: Actor.Engine);
        Assert.Empty(RolloutDrawing.Draw(scenario.States, "r1", scenario.Clock.GetUtcNow())!.Watched);
        Assert.Equal((VisitStatus.Cancelled, SmallFleet.New), (scenario.Fleet().Visits["eu-b1"].Status, scenario.Fleet().Hosts["eu-b1"].Release));
        scenario.LawsHold();
    }

    [Fact]
    [Regression("dur-07")]
    public void No_command_deletes_a_rollout()
    {
        var commands = typeof(RolloutCommand).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICommand)) && !type.IsAbstract).Select(type => type.Name).ToArray();

        Assert.Contains(nameof(AbandonRollout), commands);
        Assert.DoesNotContain(commands, name => name.Contains("Rollout", StringComparison.Ordinal) && (name.StartsWith("Delete", StringComparison.Ordinal) || name.StartsWith("Remove", StringComparison.Ordinal)));
    }

    private static int[] Opened(Scenario scenario) => [.. scenario.Events.Where(one => one.Stream == RolloutStreams.Of("r1")).Select(one => one.Event).OfType<WaveOpened>().Select(wave => (wave.Stage * 1_000) + wave.Wave)];

    /// <summary>One region a stage; the first stage is the validators'.</summary>
    private static async Task<Scenario> ManyStagesAsync(long killAfter)
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        var regions = Enumerable.Range(1, PipelineRules.MostStages - 1).Select(n => $"m{n}").ToArray();
        foreach (var region in regions)
        {
            ImmutableArray<Host> hosts = [new($"{region}-a1", "many", region, $"{region}a", "r1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated) { Release = SmallFleet.Old }, .. region == "m1" ? new[] { new Host("m1-v", "many", region, "m1a", "r1", HostRole.Web, "web", "m1", 1, HostDriver.Simulated) { Release = SmallFleet.Old, Validator = true } } : []];
            hosts.ToList().ForEach(host => scenario.Hosts.Runs(host.Id, SmallFleet.Old));
            await scenario.MustAsync(new PlaceHosts(region, "many", hosts, []));
        }

        var small = SmallFleet.Pipeline();
        var pipeline = small with { Name = "many", Partitions = ["many"], Gates = [], Stages = [small.Stages[0] with { RegionBake = Bake.None }, .. regions.Select(region => new PipelineStage(region, StageHosts.Regions) { Regions = [region] })] };
        await scenario.MustAsync(new SavePipeline(pipeline, "the file"));
        scenario.KillAfter = killAfter;
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "many"));
        return scenario;
    }
}
