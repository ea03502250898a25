using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Tests.FleetUpdate.Running;

/// <summary>Hosts that a campaign did not reach in time: people are told once, and once again when it is over.</summary>
[Trait("Category", "Scenario")]
public sealed class DeadlineScenarios
{
    private static readonly Actor Bob = Actor.Person("bob", Role.Operator);
    private static readonly Subscription Everything = new("all", Channel.Webhook, "https://receiver.example/hook");

    [Fact]
    public async Task Each_host_past_the_deadline_is_told_of_once_with_what_it_waits_for_and_again_when_it_has_ended()
    {
        var world = await HeldAsync(3, Everything, Everything with { Name = "us", Scopes = [Scope.OfRegion("us")] }, Everything with { Name = "service", Scopes = [Scope.OfService("storage")], Transitions = [TransitionKind.VisitOverdue] });
        await world.Scenario.ForAsync(TimeSpan.FromHours(1));

        var told = Told(world, "all");
        Assert.Equal(9, told.Length);
        Assert.Empty(world.Scenario.Receiver.Told("us"));
        Assert.Equal(9, world.Scenario.Receiver.Told("service").Count());
        Assert.All(told, letter => Assert.Equal((TransitionKind.VisitOverdue, "eu", "/fleet-update?region=eu#campaign-m1", true), (letter.Content.Kind, letter.Content.Where, letter.Content.Path, letter.Content.Simulated)));
        var held = Assert.Single(told, letter => letter.Content.Title.Contains(" a1 was to be visited by ", StringComparison.Ordinal)).Content;
        Assert.Contains("Campaign m1 in eu", held.Title, StringComparison.Ordinal);
        Assert.Contains("bob", held.Why, StringComparison.Ordinal);
        Assert.Equal(world.State.Campaigns["m1"].Deadline, held.At, TimeSpan.FromSeconds(2));
        Assert.Contains("the turn of eub", told.Single(letter => letter.Content.Title.Contains(" b1 ", StringComparison.Ordinal)).Content.Why, StringComparison.Ordinal);
        Assert.Equal(CampaignStatus.Halted, world.State.Campaigns["m1"].Status);
        Assert.Equal(Json(world.State), Json(JsonSerializer.Deserialize<FleetUpdateState>(Json(world.State), EventTypes.Json)!));

        foreach (var charge in world.Held.Charged.Values)
        {
            await world.Scenario.MustAsync(new ReleaseReservation("eu", charge.Host, charge.Token, HostHealth.Healthy), actor: Bob);
        }

        await world.Scenario.MustAsync(new SteerCampaign("eu", "m1", CampaignIntent.Resume), "the fans are in");
        await world.UntilOverAsync();
        await world.Scenario.ForAsync(TimeSpan.FromSeconds(5));
        var ended = Told(world, "all")[9..];
        Assert.Equal(9, ended.Length);
        Assert.All(ended, letter => Assert.Equal((TransitionKind.VisitOverdueEnded, "everything is done on it"), (letter.Content.Kind, letter.Content.Why)));
        Assert.Equal(18, world.Scenario.Receiver.Received.Where(letter => letter.To.Name == "all").Select(letter => letter.Id).Distinct().Count());
    }

    [Fact]
    public async Task Many_hosts_are_told_of_in_one_message_and_a_campaign_that_is_cancelled_ends_it()
    {
        var world = await HeldAsync(6, Everything);
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(30));
        var one = Assert.Single(Told(world, "all")).Content;
        Assert.Contains("18 hosts were to be visited by ", one.Title, StringComparison.Ordinal);
        Assert.EndsWith("; and 8 more", one.Why, StringComparison.Ordinal);

        await world.Scenario.MustAsync(new SteerCampaign("eu", "m1", CampaignIntent.Cancel), "another way was found");
        await world.Scenario.ForAsync(TimeSpan.FromSeconds(5));
        Assert.Contains("the campaign is cancelled: person:ada: another way was found", Told(world, "all")[1].Content.Why, StringComparison.Ordinal);
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, Told(world, "all").Length);
        Assert.True(world.State.AtRest);
    }

    /// <summary>A person holds the first host, so that nothing can begin before the deadline, ten minutes after the order.</summary>
    private static async Task<MaintenanceWorld> HeldAsync(int perAz, params Subscription[] subscriptions)
    {
        var world = await MaintenanceWorld.StartedAsync(perAz: perAz);
        await world.Scenario.MustAsync(new PlaceHosts("us", "commercial", [new Host("u1", "commercial", "us", "usa", "r1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated)], []));
        foreach (var subscription in subscriptions)
        {
            await world.Scenario.MustAsync(new SetSubscription(subscription));
        }

        await world.Scenario.MustAsync(new RequestReservations("eu", "q1", ["a1"], WorkerKind.Human, [new(ActivityKind.HardwareRepair)], TimeSpan.FromHours(4)), "a new fan", Bob);
        await world.OrderAsync(MaintenanceWorld.Order() with { VisitWithin = TimeSpan.FromMinutes(10) });
        return world;
    }

    private static Letter[] Told(MaintenanceWorld world, string subscription) => [.. world.Scenario.Receiver.Received.Where(letter => letter.To.Name == subscription)];

    private static string Json(FleetUpdateState state) => JsonSerializer.Serialize(state, EventTypes.Json);
}
