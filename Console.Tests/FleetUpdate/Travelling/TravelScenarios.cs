using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Preview;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.FleetUpdate.Running;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.FleetUpdate.Travelling;

/// <summary>A release travels its pipeline over hosts that keep data: batches, bakes and gates are the run's, hosts are changed by a campaign, each under a reservation.</summary>
[Trait("Category", "Scenario")]
public sealed class TravelScenarios
{
    private static readonly Actor Bob = Actor.Person("bob", Role.Operator);

    [Fact]
    public async Task Every_host_gets_the_release_under_a_reservation_AZ_after_AZ_and_no_set_falls_short()
    {
        var world = await TravelWorld.StartedAsync();
        await world.UntilAsync(() => world.State.Campaigns.ContainsKey("r1:0") && world.Campaign.Hosts.Count > 3);
        Assert.Equal(Json(world.State), Json(JsonSerializer.Deserialize<FleetUpdateState>(Json(world.State), EventTypes.Json)!));
        await world.UntilEndedAsync();

        Assert.True(world.Scenario.Rollout().Status == RolloutStatus.Completed, world.Scenario.Describe());
        Assert.Equal((CampaignStatus.Done, 9, 0), (world.Campaign.Status, world.Campaign.Count, world.Campaign.Ledger.All.Casualties));
        Assert.All(world.Fleet.Hosts.Values, host => Assert.Equal((TravelWorld.New, HostState.InService), (host.Release, host.State)));
        Assert.Equal(["a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3"], world.Visits.Select(visit => visit.Host));
        Assert.All(world.Visits, visit => Assert.Equal(("r1", VisitPurpose.Forward, MaintenanceWorld.Release(TravelWorld.New).Digest), (visit.Rollout, visit.Purpose, visit.Digest)));
        Assert.Empty(world.Held.Charged);
        Assert.Equal("r1", world.Scenario.States.Get<ReleaseCatalog>(ReleaseStreams.Of("storage")).Releases[TravelWorld.New].ProvenBy);
        Assert.Contains(world.Scenario.Events, one => one.Event is HostsParked parked && parked.Parked.Any(host => host.Check == "placement-conflict"));
        world.LawsHold();
    }

    [Fact]
    public async Task A_batch_that_waits_for_a_reservation_says_which_and_goes_on_when_it_is_had()
    {
        var world = await TravelWorld.StartedAsync(start: false);
        await world.Scenario.MustAsync(new RequestReservations("eu", "q1", ["a3"], WorkerKind.Human, [new(ActivityKind.HardwareRepair)], TimeSpan.FromHours(4)), "a new fan", Bob);
        await world.StartAsync();
        await world.UntilAsync(() => world.State.Parked.ContainsKey("a1"));
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(5));

        var wait = world.Wait!;
        Assert.Contains("the reservation of a1, which was refused (placement-conflict)", wait.What, StringComparison.Ordinal);
        Assert.Contains("a3", wait.Who, StringComparison.Ordinal);
        Assert.Equal(world.State.Parked["a1"].Since, wait.Since);
        Assert.Empty(world.Visits);
        await world.Scenario.MustAsync(new ReleaseReservation("eu", "a3", world.Held.Charged["a3"].Token, HostHealth.Healthy), actor: Bob);
        await world.UntilEndedAsync();
        Assert.Equal(RolloutStatus.Completed, world.Scenario.Rollout().Status);
        world.LawsHold();
    }

    [Fact]
    public async Task The_batchs_limit_asks_a_person_who_is_told_what_it_waits_for()
    {
        var world = await TravelWorld.StartedAsync(start: false);
        await world.Scenario.MustAsync(new RequestReservations("eu", "q1", ["a3"], WorkerKind.Human, [new(ActivityKind.HardwareRepair)], TimeSpan.FromHours(4)), "a new fan", Bob);
        await world.StartAsync();
        await world.UntilAsync(() => world.Scenario.Rollout().Status == RolloutStatus.NeedsOperator);

        Assert.Contains("the reservation of a1, which was refused", world.Scenario.Rollout().Why, StringComparison.Ordinal);
        await world.Scenario.ForAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((CampaignStatus.Paused, 0), (world.Campaign.Status, world.Visits.Count()));
        world.LawsHold();
    }

    [Fact]
    public async Task A_host_that_never_returns_is_a_casualty_of_the_rollout_and_stays_suspect()
    {
        var world = await TravelWorld.StartedAsync(k: 4, before: it => it.Hosts.FaultOf = command => command is { Host.Id: "b2", Step: HostStep.Start } ? Fault.Dies : Fault.None);
        await world.UntilEndedAsync();

        Assert.True(world.Scenario.Rollout().Status == RolloutStatus.Completed, world.Scenario.Describe());
        var casualty = Assert.Single(world.Scenario.Run().Casualties);
        Assert.Equal(("b2", "eub"), (casualty.Host, casualty.Az));
        Assert.Contains("no answer to Start", casualty.Detail, StringComparison.Ordinal);
        Assert.Equal((ReservationState.Suspect, HostEnd.Casualty), (world.Held.Charged["b2"].State, world.Campaign.Hosts["b2"].End));
        Assert.All(world.Fleet.Hosts.Values.Where(host => host.Id != "b2"), host => Assert.Equal(TravelWorld.New, host.Release));
        world.LawsHold();
    }

    [Fact]
    public async Task A_retry_takes_up_a_casualty_that_is_suspect_as_work_that_mends()
    {
        var world = await TravelWorld.StartedAsync(k: 4, before: it => it.Hosts.FaultOf = command => command is { Host.Id: "b1", Step: HostStep.Start } ? Fault.Errors : Fault.None);
        await world.UntilAsync(() => world.Scenario.Run().Casualties.Length == 1);
        Assert.Equal(ReservationState.Suspect, world.Held.Charged["b1"].State);
        await world.Scenario.MustAsync(new AbortRollout("r1"));
        world.Scenario.Hosts.FaultOf = _ => Fault.None;
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(3));
        await world.Scenario.MustAsync(new RetryRollout("r1"));
        await world.UntilEndedAsync();

        Assert.True(world.Scenario.Rollout().Status == RolloutStatus.Completed, world.Scenario.Describe());
        Assert.Empty(world.Scenario.Run().Casualties);
        Assert.Equal((TravelWorld.New, HostState.InService), (world.Fleet.Hosts["b1"].Release, world.Fleet.Hosts["b1"].State));
        Assert.Empty(world.Held.Charged);
        world.LawsHold();
    }

    [Fact]
    public async Task A_casualty_that_spends_the_budget_is_mended_by_the_way_back()
    {
        var world = await TravelWorld.StartedAsync(k: 4, change: it => it with { Casualties = new(0, 0) }, before: it => it.Hosts.FaultOf = command => command is { Host.Id: "a1", Step: HostStep.Start } ? Fault.Errors : Fault.None);
        await world.UntilAsync(() => world.Scenario.Rollout().Status is RolloutStatus.RollingBack or RolloutStatus.NeedsOperator or RolloutStatus.RolledBack);
        world.Scenario.Hosts.FaultOf = _ => Fault.None;
        await world.UntilEndedAsync();

        Assert.True(world.Scenario.Rollout().Status == RolloutStatus.RolledBack, world.Scenario.Describe());
        Assert.Equal((MaintenanceWorld.Old, HostState.InService), (world.Fleet.Hosts["a1"].Release, world.Fleet.Hosts["a1"].State));
        Assert.Empty(world.Held.Charged);
        world.LawsHold();
    }

    [Fact]
    public async Task A_campaign_of_a_rollout_is_steered_by_the_rollout_alone()
    {
        var world = await TravelWorld.StartedAsync();
        await world.UntilAsync(() => world.State.Campaigns.ContainsKey("r1:0"));
        foreach (var intent in Enum.GetValues<CampaignIntent>())
        {
            var refused = (await world.Scenario.SendAsync(new SteerCampaign("eu", "r1:0", intent))).Rejection;
            Assert.Equal(("fleetupdate.of-rollout", RejectionKind.Conflict, "r1"), (refused?.Code, refused?.Kind, refused?.Evidence["rollout"]));
        }

        var order = MaintenanceWorld.Order() with { Rollout = new("r1", 0, 1, Back: false) };
        Assert.Equal("fleetupdate.order", (await world.Scenario.SendAsync(new OrderCampaign("eu", order))).Rejection?.Code);
        var back = new RequestReservations("eu", "q1", ["c1"], WorkerKind.Remediation, [new(ActivityKind.Software)], TimeSpan.FromMinutes(5)) { Back = true };
        Assert.Equal("reservation.bad-request", (await world.Scenario.SendAsync(back)).Rejection?.Code);
        await world.UntilEndedAsync();
        world.LawsHold();
    }

    [Fact]
    public async Task A_patch_ordered_meanwhile_goes_along_in_one_outage_of_each_host()
    {
        var world = await TravelWorld.StartedAsync(start: false);
        MaintenanceActivity patch = MaintenanceWorld.Activity(ActivityKind.OsPatch, "os-7");
        await world.Scenario.MustAsync(new RequestReservations("eu", "q1", ["a1"], WorkerKind.Human, [new(ActivityKind.HardwareRepair)], TimeSpan.FromHours(4)), "a new fan", Bob);
        await world.StartAsync();
        await world.UntilAsync(() => world.State.Parked.ContainsKey("a1"));
        await world.Scenario.MustAsync(new OrderCampaign("eu", MaintenanceWorld.Order() with { Activities = [patch], Hosts = ["a1"] }));
        await world.Scenario.MustAsync(new ReleaseReservation("eu", "a1", world.Held.Charged["a1"].Token, HostHealth.Healthy), actor: Bob);
        await world.UntilEndedAsync();

        var visit = Assert.Single(world.Visits, one => one.Host == "a1");
        Assert.Equal((TravelWorld.New, "os-7"), (visit.Release, visit.Changes.Single().Version));
        Assert.Equal((RolloutStatus.Completed, CampaignStatus.Done), (world.Scenario.Rollout().Status, world.State.Campaigns["m1"].Status));
        world.LawsHold();
    }

    [Fact]
    public async Task Other_maintenance_in_another_AZ_is_waited_for_and_said()
    {
        var world = await TravelWorld.StartedAsync(start: false);
        await world.Scenario.MustAsync(new OrderCampaign("eu", MaintenanceWorld.Order() with { Activities = [MaintenanceWorld.Activity(ActivityKind.OsPatch, "os-7")], Azs = ["eub"] }));
        await world.UntilAsync(() => !world.State.Outages.IsEmpty);
        await world.StartAsync();
        await world.UntilAsync(() => world.Wait?.What.Contains("eub", StringComparison.Ordinal) == true);
        Assert.Contains("one AZ of a region changes at a time", world.Wait!.What, StringComparison.Ordinal);
        await world.UntilEndedAsync();
        Assert.Equal((RolloutStatus.Completed, CampaignStatus.Done), (world.Scenario.Rollout().Status, world.State.Campaigns["m1"].Status));
        world.LawsHold();
    }

    [Fact]
    public async Task Hours_of_a_forecast_are_said_to_be_an_estimate()
    {
        var world = await TravelWorld.StartedAsync(start: false);
        var (input, refused) = ForecastReading.Start(world.Scenario.States, "storage", TravelWorld.New, "storage", world.Scenario.Clock.GetUtcNow(), EngineLoop.Interval);
        Assert.Null(refused);
        var forecast = RolloutForecaster.Of(input!);
        Assert.True(forecast.Estimate);
        Assert.Contains(forecast.Assumptions, one => one.StartsWith("an estimate", StringComparison.Ordinal));
    }

    private static string Json(FleetUpdateState state) => JsonSerializer.Serialize(state, EventTypes.Json);
}
