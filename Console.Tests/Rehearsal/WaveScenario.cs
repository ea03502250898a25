using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Rehearsal;
using OpsConsole.Tests.Fleet;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Rehearsal;

/// <summary>A region at its largest, and half of it in work at once.</summary>
[Trait("Category", "Scenario")]
public sealed class WaveScenario(ITestOutputHelper output)
{
    private const int InWork = 50_000;

    [Fact]
    public async Task Fifty_thousand_simulated_visits_at_once_all_end_and_the_failed_ones_are_casualties()
    {
        var world = new FleetWorld();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await PlaceAsync(world);
        output.WriteLine($"{(GC.GetTotalMemory(forceFullCollection: true) - before) / RegionFleet.MostHosts} bytes a host, {RegionFleet.MostHosts} hosts, nothing visited");

        var watch = Stopwatch.StartNew();
        var reports = new HostReports();
        var handIn = new ReportHandIn(reports, world.States, world.Path, InTurn.Only, NullLogger<ReportHandIn>.Instance);
        var driver = new SimulatedDriver(new SimulationOptions { FailedVisits = 0.002, HungVisits = 0.0005, LostReplies = 0.001, DoubledReplies = 0.01 }, reports, world.Clock);
        var expiry = new VisitExpiry(world.States, world.Path, new VisitDeadlines());
        var gate = new HostGate(world.States, [driver], world.Clock, InTurn.Only);
        foreach (var batch in Enumerable.Range(0, InWork).Chunk(5_000))
        {
            var began = await world.SendAsync(new BeginVisits("r1", [.. batch.Select(i => FleetWorld.Order($"r1a-h{i:D5}", release: "sim-1.1.0"))], 0));
            Assert.True(began.Accepted);
        }

        output.WriteLine($"{watch.ElapsedMilliseconds} ms to begin {InWork} visits in batches of 5,000");
        var (ticks, most) = (0, TimeSpan.Zero);
        for (; !world.Fleet.Active.IsEmpty && ticks < 2_000; ticks++)
        {
            var at = watch.Elapsed;
            var now = world.Clock.GetUtcNow();
            await driver.TickAsync(now, default);
            await handIn.TickAsync(now, default);
            await expiry.TickAsync(now, default);
            await gate.TickAsync(now, default);
            most = watch.Elapsed - at > most ? watch.Elapsed - at : most;
            world.Clock.Advance(TimeSpan.FromMilliseconds(ticks < 300 ? 200 : 5_000));
        }

        output.WriteLine($"{watch.ElapsedMilliseconds} ms for the whole wave, {ticks} ticks, the longest {most.TotalMilliseconds:F0} ms, {world.Journal.Events.Count} events");
        var done = world.Fleet.Visits.Values.CountBy(visit => visit.Status).ToDictionary();
        Assert.Empty(world.Fleet.Active);
        Assert.Equal(InWork, done.Values.Sum());
        Assert.InRange(done[VisitStatus.Failed], 50, 250);
        Assert.Equal(done[VisitStatus.Failed], world.Fleet.Hosts.Values.Count(host => host.State == HostState.Casualty));
        Assert.Equal(done[VisitStatus.Done], world.Fleet.Hosts.Values.Count(host => host is { Release: "sim-1.1.0", State: HostState.InService }));
    }

    private static async Task PlaceAsync(FleetWorld world)
    {
        foreach (var batch in Enumerable.Range(0, RegionFleet.MostHosts).Chunk(5_000))
        {
            await world.PlaceAsync([.. batch.Select(i => i < InWork ? FleetWorld.HostOf($"r1a-h{i:D5}") : FleetWorld.HostOf($"r1b-h{i:D5}", "r1b"))]);
        }
    }
}
