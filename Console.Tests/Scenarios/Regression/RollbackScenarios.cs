using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios.Regression;

/// <summary>The way back is a rollout: paced, watched, to something good, to the last host.</summary>
[Trait("Category", "Scenario")]
public sealed class RollbackScenarios
{
    [Fact]
    [Regression("rb-01")]
    [Regression("rb-02")]
    [Regression("rb-03")]
    [Regression("rb-09")]
    public async Task Half_way_back_ends_at_nothing_new_and_never_takes_more_than_capacity_bears()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 2 });
        await scenario.MustAsync(new PauseRollout("r1", TimeSpan.FromMinutes(10)));
        await scenario.MustAsync(new RollBackRollout("r1"));

        await scenario.UntilAsync(() => CapacityHolds(scenario, "eu", 50) && scenario.Rollout().Ended);

        Assert.DoesNotContain(SmallFleet.All(scenario), host => host.Release == SmallFleet.New);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("rb-04")]
    [Regression("rb-08")]
    public async Task Hundreds_of_hosts_go_back_in_paced_batches_without_the_way_forwards_first_steps()
    {
        var scenario = await LargeAsync(hostsPerAz: 100);
        await scenario.UntilAsync(() => scenario.Run("big").Az == "bigc" && scenario.Run("big").Confirmed.Count > 210, TimeSpan.FromHours(2));
        await scenario.MustAsync(new RollBackRollout("r1"));

        await scenario.UntilAsync(() => CapacityHolds(scenario, "big", 80) && scenario.Rollout().Ended, TimeSpan.FromHours(2));

        var plan = scenario.Rollout("r1-rb").Plan!;
        Assert.All(plan.Regions.Single().Batches, batch => Assert.Equal((true, BatchKind.Batch), (batch.Hosts.Length <= 20, batch.Kind)));
        Assert.All(scenario.Fleet("big").Hosts.Values, host => Assert.Equal((SmallFleet.Old, HostState.InService), (host.Release, host.State)));
        scenario.LawsHold();
    }

    [Fact]
    [Regression("rb-05")]
    [Regression("rb-10")]
    public async Task A_rollback_whose_hosts_get_worse_stops_before_it_has_spent_the_healthy_ones_and_asks()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Purpose: VisitPurpose.Rollback, Step: HostStep.Start, Host.Validator: false } ? Fault.Errors : Fault.None);
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 2 });
        await scenario.MustAsync(new RollBackRollout("r1"));

        await scenario.UntilAsync(() => scenario.Rollout("r1-rb").Status == RolloutStatus.NeedsOperator);
        await scenario.ForAsync(TimeSpan.FromSeconds(10));

        Assert.True(CapacityHolds(scenario, "eu", 50));
        Assert.True(scenario.Fleet().Hosts.Values.Count(host => host.State == HostState.InService) >= 4);
        Assert.Equal(RolloutStatus.RollingBack, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("rb-10")]
    public async Task A_rollback_that_makes_customers_worse_off_pauses_itself_and_asks()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, query, reading) =>
            release == SmallFleet.Old && it.Hosts.Received.Any(command => command.Purpose == VisitPurpose.Rollback) && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Batch: 2 });
        await scenario.MustAsync(new RollBackRollout("r1"));

        await scenario.UntilAsync(() => scenario.Rollout("r1-rb").Status == RolloutStatus.NeedsOperator);

        Assert.Equal("rollback-errors", scenario.Rollout("r1-rb").Evidence!.Gate);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("rb-06")]
    public async Task A_target_that_is_in_quarantine_is_no_target()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        Assert.True((await scenario.SendAsync(new QuarantineRelease("web", SmallFleet.Old, "r0", "corrupts listings"), Actor.Engine)).Accepted);

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator);

        Assert.Equal("rollout.no-target", (await scenario.SendAsync(new RollBackRollout("r1"))).Rejection!.Code);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Purpose == VisitPurpose.Rollback);
        scenario.LawsHold();
    }

    [Fact]
    [Regression("rb-07")]
    public async Task Every_region_goes_back_where_one_fails()
    {
        var scenario = await SmallFleet.StartedAsync(
            it => it.Health.Seen = (release, query, reading) => release == SmallFleet.New && query.Region == "us" && query.Candidates.Any(host => host == "us-b1") && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(["eu", "us"], scenario.Rollout("r1-rb").Plan!.Regions.Select(region => region.Region).Order());
        Assert.All(scenario.Rollout("r1-rb").Plan!.Regions, region => Assert.Null(scenario.Run(region.Region, "r1-rb").Halt));
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    private static bool CapacityHolds(Scenario scenario, string region, int floor)
    {
        foreach (var az in scenario.Fleet(region).Hosts.Values.Where(host => !host.Validator).GroupBy(host => host.Az))
        {
            var away = az.Count(host => host.State is not (HostState.InService or HostState.ReadOnly));
            Assert.True(away <= Planner.MostOut(az.Count(), floor), $"{away} of {az.Count()} hosts of {az.Key} are out of service");
        }

        return true;
    }

    private static async Task<Scenario> LargeAsync(int hostsPerAz)
    {
        var scenario = await SmallFleet.StartedAsync(start: false);
        ImmutableArray<Host> hosts =
        [
            .. from az in "abc"
               from n in Enumerable.Range(0, hostsPerAz)
               select new Host($"big-{az}{n:000}", "large", "big", $"big{az}", $"r{n / 10}", HostRole.Web, "web", "m1", n % 5, HostDriver.Simulated) { Release = SmallFleet.Old },
        ];
        hosts.ToList().ForEach(host => scenario.Hosts.Runs(host.Id, SmallFleet.Old));
        await scenario.MustAsync(new PlaceHosts("big", "large", hosts, []));
        var pipeline = SmallFleet.Pipeline() with { Name = "large", Partitions = ["large"], CapacityFloor = 80, Stages = [new("big", StageHosts.Regions) { OneBox = new(TimeSpan.FromSeconds(4), 0, TimeSpan.FromSeconds(20)), Batch = new(20, Percent: true) }] };
        await scenario.MustAsync(new SavePipeline(pipeline, "the file"));
        await scenario.MustAsync(new StartRollout("r1", "web", SmallFleet.New, "large"));
        return scenario;
    }
}
