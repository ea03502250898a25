using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>One AZ of a region at a time, with evidence between.</summary>
[Trait("Category", "Scenario")]
public sealed class ZoneScenarios
{
    [Fact]
    [Regression("zone-01")]
    public async Task A_second_AZ_does_not_begin_on_errors_in_the_first_and_a_whole_window_lies_between()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, query, reading) => release == SmallFleet.New && query.Candidates.Any(host => host == "eu-a2") && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Host.Az == "eub");
        SmallFleet.IsRolledBack(scenario);

        var good = await SmallFleet.StartedAsync();
        await good.UntilAsync(() => good.Rollout().Ended);
        var last = good.Events.Last(one => one.Event is HostsSettled settled && settled.Confirmed.Contains("eu-a2"));
        var next = good.Events.First(one => one.Event is BatchBegan { Az: "eub" });
        Assert.Contains(good.Events, one => one.Sequence > last.Sequence && one.Sequence < next.Sequence && one.Stream == last.Stream && one.Event is WindowJudged window && window.From >= last.At);
    }

    [Fact]
    [Regression("zone-02")]
    public async Task A_check_between_AZs_that_measures_nothing_blocks()
    {
        var scenario = await SmallFleet.StartedAsync(
            change: pipeline => pipeline with
            {
                Gates = [.. pipeline.Gates, new Gate("typo", "eror-rate") { Max = 0.01 }],
                Stages = [.. pipeline.Stages.Select(stage => stage with { Gates = stage.Name == "validators" ? ["probe"] : [] })],
            });

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(10));

        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Host.Az is "eub" or "euc");
        Assert.Contains("typo", scenario.Rollout().Why, StringComparison.Ordinal);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("zone-03")]
    [Regression("zone-04")]
    public async Task Dozens_of_regions_at_once_change_one_AZ_each_and_time_in_all_is_not_being_stuck()
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        var regions = Enumerable.Range(1, 35).Select(n => $"p{n:00}").ToArray();
        foreach (var region in regions)
        {
            ImmutableArray<Host> hosts = [.. from az in "abc" from n in new[] { 1, 2, 3 } select new Host($"{region}-{az}{n}", "wide", region, region + az, $"r{n}", HostRole.Web, "web", "m1", n, HostDriver.Simulated) { Release = SmallFleet.Old }];
            hosts.ToList().ForEach(host => scenario.Hosts.Runs(host.Id, SmallFleet.Old));
            await scenario.MustAsync(new PlaceHosts(region, "wide", hosts, []));
        }

        var small = SmallFleet.Pipeline();
        var pipeline = small with
        {
            Name = "wide", Partitions = ["wide"], CapacityFloor = 60,
            Limits = small.Limits with { Batch = TimeSpan.FromSeconds(20) },
            Stages = [new("all at once", StageHosts.Regions) { Parallel = 40, BatchBake = new(TimeSpan.FromSeconds(3), 0, TimeSpan.FromSeconds(20)), AzBake = new(TimeSpan.FromSeconds(5), 0, TimeSpan.FromSeconds(20)) }],
        };
        await scenario.MustAsync(new SavePipeline(pipeline, "the file"));
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "wide"));
        var began = scenario.Clock.GetUtcNow();
        var most = 0;
        await scenario.UntilAsync(() =>
        {
            var inWork = regions.Select(region => scenario.Fleet(region).ActiveVisits.Select(visit => scenario.Fleet(region).Hosts[visit.Host].Az).Distinct().Count()).ToArray();
            Assert.All(inWork, azs => Assert.True(azs <= 1));
            most = Math.Max(most, inWork.Sum());
            return scenario.Rollout().Ended;
        });

        Assert.Equal((RolloutStatus.Completed, 35), (scenario.Rollout().Status, most));
        Assert.True(scenario.Clock.GetUtcNow() - began > pipeline.Limits.Batch * 2);
        scenario.LawsHold();
    }
}
