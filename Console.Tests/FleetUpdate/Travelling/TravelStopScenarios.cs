using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.FleetUpdate.Running;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.FleetUpdate.Travelling;

/// <summary>What stops a rollout over hosts that keep data stops its campaign: nothing new is reserved, what has begun comes to a safe point.</summary>
[Trait("Category", "Scenario")]
public sealed class TravelStopScenarios
{
    [Fact]
    public async Task An_abort_lets_what_has_begun_come_back_reserves_nothing_more_and_a_retry_goes_on()
    {
        var world = await TravelWorld.StartedAsync(k: 4);
        await world.UntilAsync(() => world.At(HostStep.Install)?.Host is "b1" or "b2");
        await world.Scenario.MustAsync(new AbortRollout("r1"));
        await world.UntilAsync(() => world.State.Outages.IsEmpty);
        var left = world.Visits.Count();
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(10));

        Assert.Equal((left, CampaignStatus.Paused), (world.Visits.Count(), world.Campaign.Status));
        Assert.Empty(world.Held.Charged);
        Assert.All(world.Fleet.Hosts.Values, host => Assert.Equal(HostState.InService, host.State));
        Assert.Contains("aborted", world.Campaign.Why, StringComparison.Ordinal);
        await world.Scenario.MustAsync(new RetryRollout("r1"));
        await world.UntilEndedAsync();
        Assert.Equal((RolloutStatus.Completed, 9), (world.Scenario.Rollout().Status, world.Visits.Count()));
        world.LawsHold();
    }

    [Fact]
    public async Task A_pause_reserves_nothing_more_and_a_resume_goes_on()
    {
        var world = await TravelWorld.StartedAsync();
        await world.UntilAsync(() => world.At(HostStep.Install) is not null);
        await world.Scenario.MustAsync(new PauseRollout("r1", TimeSpan.FromHours(2)));
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal((1, CampaignStatus.Paused), (world.Visits.Count(), world.Campaign.Status));
        Assert.Empty(world.Held.Charged);
        await world.Scenario.MustAsync(new ResumeRollout("r1"));
        await world.UntilEndedAsync();
        Assert.Equal(RolloutStatus.Completed, world.Scenario.Rollout().Status);
        world.LawsHold();
    }

    [Fact]
    public async Task The_cord_stops_it_mid_batch_nothing_resumes_by_itself_and_a_resume_takes_the_host_up_again()
    {
        var world = await TravelWorld.StartedAsync();
        await world.UntilAsync(() => world.At(HostStep.Start)?.Host is "b1");
        await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt), "customers see errors");
        var left = world.Scenario.CommandIds.Length;
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((left, RolloutStatus.Stopped, CampaignStatus.Halted), (world.Scenario.CommandIds.Length, world.Scenario.Rollout().Status, world.Campaign.Status));
        await world.Scenario.MustAsync(new ReleaseCord("c-1"), "it was not us");
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((left, ReservationState.Suspect), (world.Scenario.CommandIds.Length, world.Held.Charged["b1"].State));

        await world.Scenario.MustAsync(new ResumeRollout("r1"), "it was not us");
        await world.UntilEndedAsync();
        Assert.True(world.Scenario.Rollout().Status == RolloutStatus.Completed, world.Scenario.Describe());
        Assert.Empty(world.Scenario.Run().Casualties);
        Assert.Empty(world.Held.Charged);
        Assert.All(world.Fleet.Hosts.Values, host => Assert.Equal((TravelWorld.New, HostState.InService), (host.Release, host.State)));
        world.LawsHold();
    }

    [Fact]
    public async Task A_bad_gate_takes_every_host_back_by_a_campaign_of_its_own()
    {
        var world = await TravelWorld.StartedAsync(before: BadFrom("b1"));
        await world.UntilEndedAsync();
        IsRolledBack(world);
        Assert.Equal(CampaignStatus.Cancelled, world.Campaign.Status);
        var back = world.State.Campaigns["r1-rb:0"];
        Assert.Equal((CampaignStatus.Done, true), (back.Status, back.Order.Rollout?.Back));
        var visits = world.Visits.Where(visit => visit.Rollout == "r1-rb").ToArray();
        Assert.True(visits.Length >= 4, string.Join(",", visits.Select(visit => visit.Host)));
        Assert.All(visits, visit => Assert.Equal((VisitPurpose.Rollback, MaintenanceWorld.Old), (visit.Purpose, visit.Release)));
        var workers = world.Scenario.Events.Select(one => one.Event).OfType<ReservationsGranted>().Where(one => one.Worker.OnBehalfOf == "r1-rb").Select(one => one.Worker.Kind).Distinct();
        Assert.Equal([WorkerKind.Remediation], workers);
        world.LawsHold();
    }

    [Fact]
    public async Task A_host_that_the_cord_stopped_half_way_is_mended_by_the_way_back()
    {
        var world = await TravelWorld.StartedAsync();
        await world.UntilAsync(() => world.At(HostStep.Start)?.Host is "b1");
        await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt), "customers see errors");
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(2));
        await world.Scenario.MustAsync(new ReleaseCord("c-1"), "take it back");
        await world.Scenario.MustAsync(new RollBackRollout("r1"), "it is bad");
        await world.UntilEndedAsync();
        IsRolledBack(world);
        world.LawsHold();
    }

    [Fact]
    public async Task The_cord_that_rolls_back_lets_the_way_back_pass()
    {
        var world = await TravelWorld.StartedAsync();
        await world.UntilAsync(() => world.At(HostStep.Start)?.Host is "b1");
        await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.HaltAndRollBack), "customers see errors");
        await world.UntilEndedAsync();
        Assert.NotEmpty(world.Scenario.States.Get<CordState>(CordStreams.Only).InForce);
        IsRolledBack(world);
        world.LawsHold();
    }

    [Fact]
    public async Task A_freeze_holds_what_has_not_begun_and_lets_the_rest_go_on_when_it_ends()
    {
        var world = await TravelWorld.StartedAsync();
        await world.UntilAsync(() => world.At(HostStep.Start) is not null);
        var now = world.Scenario.Clock.GetUtcNow();
        await world.Scenario.MustAsync(new AddEntry(new("season", EntryKind.Freeze, Scope.Global, $"{now:yyyy-MM-dd HH:mm:ss} to {now.AddMinutes(20):yyyy-MM-dd HH:mm:ss}", "peak week") { Zone = "UTC" }));
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(15));
        Assert.Single(world.Visits);
        Assert.Equal(CampaignStatus.Paused, world.Campaign.Status);
        Assert.Contains("season", world.Campaign.Why, StringComparison.Ordinal);
        await world.UntilEndedAsync();
        Assert.Equal(RolloutStatus.Completed, world.Scenario.Rollout().Status);
        world.LawsHold();
    }

    internal static Action<Scenario> BadFrom(string host) => it =>
        it.Health.Seen = (_, query, reading) => reading.Metric == Metrics.ErrorRate && query.Candidates.Contains(host) && it.Hosts.Running(host) == TravelWorld.New ? reading with { Value = 0.4 } : reading;

    private static void IsRolledBack(TravelWorld world)
    {
        Assert.True(world.Scenario.Rollout().Status == RolloutStatus.RolledBack, $"{world.Scenario.Describe()}\n{world.End()}");
        Assert.All(world.Fleet.Hosts.Values, host => Assert.Equal((MaintenanceWorld.Old, HostState.InService), (host.Release, host.State)));
        Assert.Empty(world.Held.Charged);
        Assert.Equal("r1", world.Scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("storage")).Releases[TravelWorld.New].QuarantinedBy);
    }
}
