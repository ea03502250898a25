using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.FleetUpdate.Running;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.FleetUpdate.Pulls;

/// <summary>The console pulls the cord itself, by the whole engine under a clock that the test moves.</summary>
[Trait("Category", "Scenario")]
public sealed class AutoPullScenarios
{
    private static readonly AutoPullPolicy Quick = new() { PlacementStale = TimeSpan.FromSeconds(20), FloorFor = TimeSpan.FromSeconds(10) };

    public static TheoryData<PullKind> Kinds => [.. Enum.GetValues<PullKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_cause_pulls_once_names_its_evidence_and_pulls_no_more_for_it_after_a_person_released_it(PullKind kind)
    {
        var world = await PlayAsync(kind, 0);
        var pull = Assert.Single(world.Cord.InForce);
        Assert.Equal(("engine", CordMode.HaltNotBegun, "store:storage/eu", kind), (pull.By, pull.Mode, pull.Scope.ToString(), pull.Cause?.Kind));
        Assert.NotEmpty(pull.Cause!.Hosts);
        Assert.Contains(pull.Cause.Hosts[0], pull.Reason, StringComparison.Ordinal);
        Assert.Equal(CampaignStatus.Halted, world.Maintenance.State.Campaigns["m1"].Status);
        Assert.Equal(Json(world.Cord), Json(JsonSerializer.Deserialize<CordState>(Json(world.Cord), EventTypes.Json)!));

        // What was under way came to its end, and what was held and had not begun was given back.
        Assert.DoesNotContain(world.Maintenance.Held.Charged.Values, held => held.Live);
        Assert.DoesNotContain(world.Maintenance.Scenario.Fleet().Hosts.Values, host => host.State == HostState.InWork);

        await world.Maintenance.Scenario.MustAsync(new ReleaseCord(pull.Id), "it was looked into", Actor.Person("bob", Role.Approver));
        await world.Maintenance.Scenario.ForAsync(TimeSpan.FromMinutes(3));
        Assert.Empty(world.Cord.InForce);
        Assert.Equal(1, Pulls(world));
        world.Maintenance.Scenario.LawsHold();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Killed_after_every_event_it_pulls_as_if_it_had_not_been(PullKind kind)
    {
        var undisturbed = await PlayAsync(kind, 0);
        for (var at = 3; at <= undisturbed.Maintenance.Scenario.Events.Count; at++)
        {
            var killed = await PlayAsync(kind, at);
            Assert.True(killed.Maintenance.Scenario.Kills == 1, $"event {at} was never reached");
            Assert.True(End(undisturbed) == End(killed), $"killed after event {at} ({undisturbed.Maintenance.Scenario.Events[at - 1].Event}):\n{End(killed)}\nundisturbed:\n{End(undisturbed)}");
            killed.Maintenance.Scenario.LawsHold();
        }
    }

    [Fact]
    public async Task Nothing_pulls_without_a_cause()
    {
        var world = await PullWorld.StartedAsync();
        world.Maintenance.Scenario.Hosts.FaultOf = command => command is { Host.Id: "a2", Step: HostStep.Start } ? Fault.Errors : Fault.None;
        world.Lose(3);
        await world.Maintenance.OrderAsync(Order());
        await world.Maintenance.UntilOverAsync();
        Assert.Equal((1, 0), (world.Maintenance.State.Campaigns["m1"].Ledger.All.Casualties, Pulls(world)));
        world.Maintenance.Scenario.LawsHold();
    }

    [Fact]
    public async Task A_store_that_was_whole_again_pulls_anew_and_one_that_falls_deeper_does_at_once()
    {
        var world = await PlayAsync(PullKind.DurabilityFloor, 0);
        var scenario = world.Maintenance.Scenario;
        await scenario.MustAsync(new ReleaseCord(world.Cord.InForce[0].Id), "known");
        world.Lose(5);
        await scenario.UntilAsync(() => Pulls(world) == 2, TimeSpan.FromMinutes(1));
        await scenario.MustAsync(new ReleaseCord(world.Cord.InForce[0].Id), "known too");
        world.Lose();
        await scenario.UntilAsync(() => world.Cord.Latches.IsEmpty, TimeSpan.FromMinutes(1));
        world.Lose(4);
        await scenario.UntilAsync(() => Pulls(world) == 3, TimeSpan.FromMinutes(1));
    }

    private static async Task<PullWorld> PlayAsync(PullKind kind, int killAfter)
    {
        var world = await PullWorld.StartedAsync(Quick, killAfter);
        var scenario = world.Maintenance.Scenario;
        world.ToldAt = kind == PullKind.StalePlacement ? scenario.Clock.GetUtcNow() : null;
        scenario.Hosts.FaultOf = command =>
            kind == PullKind.Casualties && command.Step == HostStep.Start ? Fault.Errors
            : kind == PullKind.StalePlacement && command.Step == HostStep.Install ? Fault.Dies
            : Fault.None;
        await world.Maintenance.OrderAsync(Order() with { Hosts = ["a1", "a2", "a3", "b1"] });
        if (kind == PullKind.DurabilityFloor)
        {
            await scenario.ForAsync(TimeSpan.FromSeconds(4));
            world.Lose(4);
        }

        await scenario.UntilAsync(() => !world.Cord.InForce.IsEmpty);
        await scenario.UntilAsync(() => world.Maintenance.State.Outages.IsEmpty);
        await scenario.ForAsync(TimeSpan.FromSeconds(30));
        return world;
    }

    /// <summary>A campaign that bears casualties, so that it is not its own test that stops it.</summary>
    private static CampaignOrder Order() => MaintenanceWorld.Order() with { Casualties = new() { Good = 0.5, Bad = 0.99 } };

    private static int Pulls(PullWorld world) => world.Maintenance.Scenario.Events.Count(one => one.Event is CordPulled);

    private static string End(PullWorld world) =>
        $"{world.Maintenance.End()}\n{string.Join(' ', world.Cord.InForce.Select(pull => $"{pull.Id} {pull.Scope} {pull.Cause?.Kind}"))}; {string.Join(' ', world.Cord.Latches.Keys)}";

    private static string Json(CordState state) => JsonSerializer.Serialize(state, EventTypes.Json);
}
