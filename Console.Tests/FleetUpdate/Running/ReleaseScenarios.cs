using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.FleetUpdate.Running;

/// <summary>What is known of a campaign's release decides whether it is taken, what its hosts are told to refuse, and whether it goes on.</summary>
[Trait("Category", "Scenario")]
public sealed class ReleaseScenarios
{
    [Fact]
    public async Task An_order_names_a_release_that_each_of_its_services_has_free_and_the_same_or_it_is_refused()
    {
        var world = await MaintenanceWorld.StartedAsync();
        await RefusedAsync(world, Software("3.0"), RejectionKind.NotFound, "fleetupdate.unknown-release", "storage has no release 3.0");
        await RefusedAsync(world, Software("2.0") with { Digest = $"sha256:{new string('9', 64)}" }, RejectionKind.Conflict, "fleetupdate.other-digest", MaintenanceWorld.Release("2.0").Digest);
        await world.Scenario.MustAsync(new QuarantineRelease("storage", "2.0", "r7", "it lost shards"), actor: Actor.Engine);
        await RefusedAsync(world, Software("2.0"), RejectionKind.Blocked, "fleetupdate.quarantined", "it lost shards");
        Assert.Equal(0, world.Scenario.States.VersionOf(FleetUpdateStreams.Of("eu")));

        await world.Scenario.MustAsync(new ClearQuarantine("storage", "2.0"), "it was the disks");
        await world.OrderAsync(Order(Software("2.0") with { Digest = MaintenanceWorld.Release("2.0").Digest }));
    }

    [Fact]
    public async Task Hosts_are_told_the_registered_digest_whether_the_order_names_it_or_not()
    {
        var world = await MaintenanceWorld.StartedAsync();
        await world.OrderAsync(Order(Software("2.0")));
        await world.UntilOverAsync();

        var visits = Visits(world);
        Assert.Equal(world.Hosts.Length, visits.Length);
        Assert.All(visits, visit => Assert.Equal(("2.0", MaintenanceWorld.Release("2.0").Digest), (visit.Release, visit.Digest)));
    }

    [Fact]
    public async Task A_release_that_is_quarantined_on_the_way_lets_no_further_host_go_and_the_campaign_goes_on_once_it_is_cleared()
    {
        var world = await MaintenanceWorld.StartedAsync();
        await world.OrderAsync(Order(Software("2.0")));
        await world.Scenario.UntilAsync(() => Visits(world).Length == 2);
        await world.Scenario.MustAsync(new QuarantineRelease("storage", "2.0", "r7", "it lost shards"), actor: Actor.Engine);
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(20));

        var campaign = world.State.Campaigns["m1"];
        Assert.Equal((2, CampaignStatus.Running, "storage", "2.0"), (Visits(world).Length, campaign.Status, campaign.Held?.Service, campaign.Held?.Version));
        Assert.True(world.State.Outages.IsEmpty && world.Held.Charged.IsEmpty, "what was out is back, and nothing is held back for what waits");
        Assert.Equal(Json(world.State), Json(JsonSerializer.Deserialize<FleetUpdateState>(Json(world.State), EventTypes.Json)!));
        var wait = CampaignWait.Of(world.State, campaign, UpdateInput.Of(world.Scenario.States, "eu", world.Scenario.Clock.GetUtcNow()))!;
        Assert.Equal("the quarantine of storage 2.0 to be cleared: rollout r7 was rolled back from it: it lost shards", wait.What);

        // Another campaign does not wait for it, in whatever AZ it is.
        await world.OrderAsync(MaintenanceWorld.Order("m2") with { Activities = [MaintenanceWorld.Activity(ActivityKind.OsPatch, "os-7")], Azs = ["eub"] });
        await world.UntilOverAsync("m2");
        Assert.Equal(2 + 3, Visits(world).Length);

        await world.Scenario.MustAsync(new ClearQuarantine("storage", "2.0"), "it was the disks");
        await world.UntilOverAsync();
        Assert.Equal((CampaignStatus.Done, (CampaignHold?)null), (world.State.Campaigns["m1"].Status, world.State.Campaigns["m1"].Held));
        Assert.All(world.Scenario.Fleet("eu").Hosts.Values, host => Assert.Equal("2.0", host.Release));
        world.Scenario.LawsHold();
    }

    private static async Task RefusedAsync(MaintenanceWorld world, MaintenanceActivity activity, RejectionKind kind, string code, string why)
    {
        var refused = (await world.Scenario.SendAsync(new OrderCampaign("eu", Order(activity)))).Rejection;
        Assert.Equal((kind, code), (refused?.Kind, refused?.Code));
        Assert.Contains(why, refused!.Why, StringComparison.Ordinal);
    }

    private static CampaignOrder Order(MaintenanceActivity activity) => MaintenanceWorld.Order() with { Activities = [activity] };

    private static MaintenanceActivity Software(string version) => MaintenanceWorld.Activity(ActivityKind.Software, version);

    private static Visit[] Visits(MaintenanceWorld world) => [.. world.Scenario.Events.Select(one => one.Event).OfType<VisitsBegan>().SelectMany(began => began.Visits)];

    private static string Json(FleetUpdateState state) => JsonSerializer.Serialize(state, EventTypes.Json);
}
