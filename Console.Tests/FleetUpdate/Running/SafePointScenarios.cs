using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;

namespace OpsConsole.Tests.FleetUpdate.Running;

/// <summary>The level that halts and rolls back finds a host of planned maintenance at work: it is turned back before its change, and finished after.</summary>
[Trait("Category", "Scenario")]
public sealed class SafePointScenarios
{
    [Theory]
    [InlineData(HostStep.Drain, false)]
    [InlineData(HostStep.Install, true)]
    [InlineData(HostStep.Start, true)]
    [InlineData(HostStep.Verify, true)]
    public async Task Before_its_change_a_host_goes_back_as_it_was_and_after_it_to_its_end(HostStep at, bool finished)
    {
        var world = await PlayAsync(at, 0);
        AssertEnd(world, finished);
        Assert.Equal((finished ? 1 : 0, 0), (world.State.Campaigns["m1"].Hosts.Count, world.State.Campaigns["m1"].Ledger.All.Casualties));

        // Nothing resumes by itself, and what was turned back is open as before.
        await world.Scenario.MustAsync(new ReleaseCord(Cord(world).InForce[0].Id));
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(5));
        AssertEnd(world, finished);
        await world.Scenario.MustAsync(new SteerCampaign("eu", "m1", CampaignIntent.Resume), "it was not us");
        await world.UntilOverAsync();
        AssertEnd(world, finished: true);
        world.Scenario.LawsHold();
    }

    [Theory]
    [InlineData(HostStep.Drain)]
    [InlineData(HostStep.Start)]
    public async Task Killed_after_every_event_the_host_ends_the_same(HostStep at)
    {
        var undisturbed = await PlayAsync(at, 0);
        var pulled = undisturbed.Scenario.Events.Single(one => one.Event is CordPulled).Sequence;
        for (var kill = (int)pulled; kill <= undisturbed.Scenario.Events.Count; kill++)
        {
            var killed = await PlayAsync(at, kill);
            Assert.True(killed.Scenario.Kills == 1, $"event {kill} was never reached");
            Assert.True(undisturbed.End() == killed.End(), $"killed after event {kill} ({undisturbed.Scenario.Events[kill - 1].Event}):\n{killed.End()}\nundisturbed:\n{undisturbed.End()}");
            killed.Scenario.LawsHold();
        }
    }

    [Fact]
    public async Task A_halt_after_it_holds_what_was_to_be_finished()
    {
        var world = await PlayAsync(HostStep.Install, 0, until: world => world.Scenario.Fleet().Visits["a1"].AtPull == SafePoint.Finish);
        await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.Halt), "all of it");
        var left = world.Scenario.CommandIds.Length;
        await world.Scenario.ForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((left, VisitStatus.Cancelled), (world.Scenario.CommandIds.Length, world.Scenario.Fleet().Visits["a1"].Status));
        world.Scenario.LawsHold();
    }

    private static async Task<MaintenanceWorld> PlayAsync(HostStep at, int killAfter, Func<MaintenanceWorld, bool>? until = null)
    {
        var world = await MaintenanceWorld.StartedAsync(killAfter);
        await world.OrderAsync(MaintenanceWorld.Order() with { Hosts = ["a1"] });
        await world.Scenario.UntilAsync(() => world.Scenario.Fleet().Visits.TryGetValue("a1", out var visit) && visit.Step == at);
        await world.Scenario.MustAsync(new PullCord(Scope.OfRegion("eu"), CordMode.HaltAndRollBack), "customers see errors");
        await world.Scenario.UntilAsync(() => until?.Invoke(world) ?? world.State.Outages.IsEmpty);
        return world;
    }

    private static void AssertEnd(MaintenanceWorld world, bool finished)
    {
        var host = world.Scenario.Fleet().Hosts["a1"];
        Assert.Equal((HostState.InService, finished ? "2.0" : MaintenanceWorld.Old, finished ? "os-6.12" : null), (host.State, host.Release, host.OsPatch));
        Assert.Equal(host.Release, world.Scenario.Hosts.Running("a1"));
        Assert.Empty(world.Held.Charged);
    }

    private static CordState Cord(MaintenanceWorld world) => world.Scenario.States.Get<CordState>(CordStreams.Only);
}
