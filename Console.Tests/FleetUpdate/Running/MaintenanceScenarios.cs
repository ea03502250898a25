using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.FleetUpdate.Running;

/// <summary>Maintenance from the order to its end, by the whole engine under a clock that the test moves.</summary>
[Trait("Category", "Scenario")]
public sealed class MaintenanceScenarios
{
    private static readonly Actor Bob = Actor.Person("bob", Role.Operator);

    [Fact]
    public async Task Every_host_is_away_once_and_comes_back_with_all_three()
    {
        var world = await MaintenanceWorld.StartedAsync();
        await world.OrderAsync(MaintenanceWorld.Order());
        await world.Scenario.UntilAsync(() => !world.State.Outages.IsEmpty && world.State.Campaigns["m1"].Hosts.Count > 3);
        Assert.Equal(Json(world.State), Json(JsonSerializer.Deserialize<FleetUpdateState>(Json(world.State), EventTypes.Json)!));
        await world.UntilOverAsync();

        Assert.Equal(CampaignStatus.Done, world.State.Campaigns["m1"].Status);
        Assert.All(world.Scenario.Fleet("eu").Hosts.Values, host => Assert.Equal((HostState.InService, "2.0", "os-6.12", "fw-2.1"), (host.State, host.Release, host.OsPatch, host.Firmware)));
        var visits = Began(world).ToArray();
        Assert.Equal(world.Hosts.Length, visits.Length);
        Assert.All(visits, visit => Assert.Equal([HostChangeKind.Firmware, HostChangeKind.OsPatch], visit.Changes.Select(change => change.Kind)));
        Assert.Equal(visits.Select(visit => world.Scenario.Fleet("eu").Hosts[visit.Host].Az).Distinct().Order(StringComparer.Ordinal), ["eua", "eub", "euc"]);
        Assert.Empty(world.Held.Charged);
        Assert.Equal(["Firmware/fw-2.1", "OsPatch/os-6.12", "Software/2.0"], world.State.Proven);
        Assert.Equal(TimeSpan.FromSeconds(9 * 2 * 10), world.State.Campaigns["m1"].Saved);
        world.Scenario.LawsHold();
    }

    [Fact]
    public async Task What_has_not_passed_an_AZ_goes_by_itself_there_and_together_after_it()
    {
        var world = await MaintenanceWorld.StartedAsync();
        await world.OrderAsync(MaintenanceWorld.Order(proven: false));
        await world.UntilOverAsync();

        var visits = Began(world).ToLookup(visit => visit.Host[0]);
        Assert.Equal(9, visits['a'].Count());
        Assert.All(visits['a'].Take(1), visit => Assert.Equal((MaintenanceWorld.Old, 1), (visit.Release, visit.Changes.Length)));
        Assert.Equal((3, 3), (visits['b'].Count(), visits['c'].Count()));
        world.Scenario.LawsHold();
    }

    [Fact]
    public async Task A_person_who_holds_a_host_is_waited_for_and_the_release_of_it_wakes_the_plan()
    {
        var world = await MaintenanceWorld.StartedAsync();
        await world.Scenario.MustAsync(new RequestReservations("eu", "q1", ["a2"], WorkerKind.Human, [new(ActivityKind.HardwareRepair)], TimeSpan.FromHours(4)), "a new fan", Bob);
        await world.OrderAsync(MaintenanceWorld.Order());
        await world.Scenario.UntilAsync(() => world.State.Parked.ContainsKey("a1") || world.State.Parked.ContainsKey("a2"));
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(20));

        Assert.DoesNotContain(Began(world), visit => visit.Host == "a2" || visit.Host[0] != 'a');
        var parked = world.State.Parked.Values.First();
        Assert.True(parked.Tries > 1 && parked.Wait <= Domain.FleetUpdate.Visits.RetryPace.Cap);
        var before = world.Scenario.Clock.GetUtcNow();
        await world.Scenario.MustAsync(new ReleaseReservation("eu", "a2", world.Held.Charged["a2"].Token, HostHealth.Healthy), actor: Bob);
        await world.Scenario.UntilAsync(() => !world.State.Outages.IsEmpty);
        Assert.True(world.Scenario.Clock.GetUtcNow() - before < TimeSpan.FromSeconds(5), "it was woken by its timer, not by the release");
        await world.UntilOverAsync();
        Assert.Equal(CampaignStatus.Done, world.State.Campaigns["m1"].Status);
        world.Scenario.LawsHold();
    }

    [Fact]
    public async Task A_host_that_never_comes_back_is_a_casualty_and_the_others_go_on_once_its_sets_are_rebuilt()
    {
        var world = await MaintenanceWorld.StartedAsync(policy: new() { OfflineShare = 0.7 });
        world.Scenario.Hosts.FaultOf = command => command is { Host.Id: "b2", Step: HostStep.Start } ? Fault.Dies : Fault.None;
        await world.OrderAsync(MaintenanceWorld.Order());
        await world.Scenario.UntilAsync(() => world.Held.Charged.TryGetValue("b2", out var held) && held.State == ReservationState.Suspect, TimeSpan.FromHours(1));
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(HostEnd.Casualty, world.State.Campaigns["m1"].Hosts["b2"].End);
        Assert.Contains(world.State.Parked.Values, parked => parked.Check == "placement-conflict");

        await world.Scenario.MustAsync(new RebuildFinished("eu", "b2", world.Held.Charged["b2"].Token));
        await world.Scenario.MustAsync(new PlaceHosts("eu", "commercial", [], ["b2"]));
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(1));
        Assert.False(world.State.Campaigns["m1"].Over);
    }

    [Fact]
    public async Task Casualties_halt_and_a_person_resumes()
    {
        var world = await MaintenanceWorld.StartedAsync(policy: new() { CasualtyBudget = 100, OfflineShare = 1, MaxPerRack = null });
        world.Scenario.Hosts.FaultOf = command => command is { Step: HostStep.Start } && command.Host.Id is "a2" ? Fault.Errors : Fault.None;
        var order = MaintenanceWorld.Order() with { Casualties = new() { Good = 0.01, Bad = 0.9, FalseHalt = 0.2 } };
        await world.OrderAsync(order);
        await world.Scenario.UntilAsync(() => world.State.Campaigns["m1"].Status == CampaignStatus.Halted);

        Assert.Contains("did not come back right", world.State.Campaigns["m1"].Why, StringComparison.Ordinal);
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(Began(world), visit => visit.Host[0] != 'a');
        Assert.Equal("fleetupdate.not-steered", (await world.Scenario.SendAsync(new SteerCampaign("eu", "m1", CampaignIntent.Resume), reason: null)).Rejection?.Code);
        await world.Scenario.MustAsync(new SteerCampaign("eu", "m1", CampaignIntent.Resume), "the disk was known to be bad");
        Assert.Equal(CampaignStatus.Running, world.State.Campaigns["m1"].Status);
        world.Scenario.LawsHold();
    }

    [Fact]
    public async Task The_cord_stops_it_nothing_resumes_by_itself_and_interrupted_hosts_are_taken_up_again()
    {
        var world = await MaintenanceWorld.StartedAsync(policy: new() { ChecksumSample = 100 });
        await world.OrderAsync(MaintenanceWorld.Order());
        await world.Scenario.UntilAsync(() => Began(world).Any(visit => visit.Host[0] == 'b'));
        await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt), "customers see errors", Bob);
        var left = world.Scenario.CommandIds.Length;
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal((left, CampaignStatus.Halted), (world.Scenario.CommandIds.Length, world.State.Campaigns["m1"].Status));
        await world.Scenario.MustAsync(new ReleaseCord(world.Scenario.States.Get<CordState>(CordStreams.Only).InForce[0].Id), "it was not us");
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(left, world.Scenario.CommandIds.Length);

        await world.Scenario.MustAsync(new SteerCampaign("eu", "m1", CampaignIntent.Resume), "it was not us");
        await world.UntilOverAsync();
        Assert.Equal(CampaignStatus.Done, world.State.Campaigns["m1"].Status);
        Assert.All(world.Scenario.Fleet("eu").Hosts.Values, host => Assert.Equal((HostState.InService, "2.0", "os-6.12"), (host.State, host.Release, host.OsPatch)));
        Assert.Equal(0, world.State.Campaigns["m1"].Ledger.All.Casualties);
        Assert.Empty(world.Held.Charged);
        world.Scenario.LawsHold();
    }

    [Fact]
    public async Task The_preview_is_the_run()
    {
        foreach (var (proven, perAz) in new[] { (true, 3), (false, 3), (true, 6) })
        {
            var world = await MaintenanceWorld.StartedAsync(perAz: perAz);
            var order = MaintenanceWorld.Order(proven: proven);
            var (preview, refused) = Domain.FleetUpdate.Preview.PreviewRun.Of(new OrderCampaign("eu", order), Scenario.Ada, "because", world.Scenario.States, world.Authorities, null, world.Scenario.Clock.GetUtcNow());
            Assert.True(refused is null && preview!.Ends is not null, $"{refused}");
            Assert.Equal(0, world.Scenario.States.VersionOf(FleetUpdateStreams.Of("eu")));
            await world.OrderAsync(order);
            await world.UntilOverAsync();
            Assert.Equal(preview!.Outages.Select(outage => $"{outage.Host} {string.Join('+', outage.Activities)}"), Outages(world));
            Assert.True(preview.Bounds.Waves >= preview.Bounds.WavesBound && preview.Ends - preview.Begins >= preview.Bounds.Time, $"{preview.Ends - preview.Begins} {preview.Bounds}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_after_every_event_it_ends_as_if_it_had_not_been(bool dies)
    {
        var undisturbed = await PlayAsync(dies, 0);
        var end = undisturbed.End();
        for (var at = 1; at <= undisturbed.Scenario.Events.Count; at++)
        {
            var killed = await PlayAsync(dies, at);
            Assert.True(killed.Scenario.Kills == 1, $"event {at} was never reached");
            Assert.True(end == killed.End(), $"killed after event {at} of {undisturbed.Scenario.Events.Count} ({undisturbed.Scenario.Events[at - 1].Event}):\n{killed.End()}\nundisturbed:\n{end}");
            Assert.True(
                undisturbed.Scenario.CommandIds.SequenceEqual(killed.Scenario.CommandIds),
                $"killed after event {at} ({undisturbed.Scenario.Events[at - 1].Event}); only then: {string.Join(", ", killed.Scenario.CommandIds.Except(undisturbed.Scenario.CommandIds))}; only undisturbed: {string.Join(", ", undisturbed.Scenario.CommandIds.Except(killed.Scenario.CommandIds))}");
            killed.Scenario.LawsHold();
        }
    }

    private static async Task<MaintenanceWorld> PlayAsync(bool dies, int killAfter)
    {
        var world = await MaintenanceWorld.StartedAsync(killAfter);
        world.Scenario.Step = TimeSpan.FromSeconds(2);
        world.Scenario.Hosts.FaultOf = command => dies && command is { Host.Id: "c3", Step: HostStep.Start } ? Fault.Errors : Fault.LosesReply;
        await world.OrderAsync(MaintenanceWorld.Order() with { Hosts = ["a1", "a2", "b1", "c3"] });
        await world.UntilOverAsync();
        return world;
    }

    private static string Json(FleetUpdateState state) => JsonSerializer.Serialize(state, EventTypes.Json);

    private static IEnumerable<string> Outages(MaintenanceWorld world)
    {
        var granted = world.Scenario.Events.Select(one => one.Event).OfType<HostsGranted>().SelectMany(one => one.Outages).ToDictionary(outage => outage.Visit);
        return Began(world).Select(visit => $"{visit.Host} {string.Join('+', granted[visit.Id].Traits.Activities)}");
    }

    private static IEnumerable<Visit> Began(MaintenanceWorld world) => world.Scenario.Events.Select(one => one.Event).OfType<VisitsBegan>().SelectMany(began => began.Visits);
}
