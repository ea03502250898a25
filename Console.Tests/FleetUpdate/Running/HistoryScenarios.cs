using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Fleet;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.FleetUpdate.Running;

/// <summary>What is on a host, since when, and all that was ever done there.</summary>
[Trait("Category", "Scenario")]
public sealed class HistoryScenarios
{
    [Fact]
    public async Task A_host_tells_since_when_it_says_what_it_has_and_each_visit_with_what_was_done_a_page_at_a_time()
    {
        var world = await MaintenanceWorld.StartedAsync(policy: new() { CasualtyBudget = 100, OfflineShare = 1, MaxPerRack = null });
        await world.OrderAsync(MaintenanceWorld.Order() with { Hosts = ["a1", "a2"] });
        await world.UntilOverAsync();
        var first = world.Scenario.Fleet("eu").Hosts["a1"];
        Assert.Equal(("fw-2.1", "os-6.12", first.FirmwareSince), (first.Firmware, first.OsPatch, first.OsPatchSince));

        await world.OrderAsync(MaintenanceWorld.Order("m2") with { Hosts = ["a1"], Activities = [MaintenanceWorld.Activity(ActivityKind.OsPatch, "os-7"), MaintenanceWorld.Activity(ActivityKind.Reboot, null)] });
        await world.UntilOverAsync("m2");
        world.Scenario.Hosts.FaultOf = command => command is { Step: HostStep.Start } ? Fault.Errors : Fault.None;
        await world.OrderAsync(MaintenanceWorld.Order("m3") with { Hosts = ["a1"], Activities = [MaintenanceWorld.Activity(ActivityKind.Firmware, "fw-3")] });
        await world.UntilOverAsync("m3");

        var host = world.Scenario.Fleet("eu").Hosts["a1"];
        var history = world.Scenario.Service<VisitHistory>();
        var whole = await history.ReadAsync("eu", "a1", null, 100, CancellationToken.None);
        Assert.Null(whole.Next);
        Assert.Equal(["Firmware fw-3", "OsPatch os-7 + Reboot", "Firmware fw-2.1 + OsPatch os-6.12 + Software 2.0"], whole.Visits.Select(one => string.Join(" + ", one.Activities)));
        Assert.Equal([VisitStatus.Failed, VisitStatus.Done, VisitStatus.Done], whole.Visits.Select(one => one.Status!.Value));
        Assert.All(whole.Visits, one => Assert.True(one.EndedAt > one.Visit.Since && one.Visit.Reservation is not null));
        Assert.Equal([HostStep.Drain, HostStep.Install], whole.Visits[0].Steps.Select(step => step.Step));
        Assert.Contains("Start failed", whole.Visits[0].Detail, StringComparison.Ordinal);
        Assert.Equal(5, whole.Visits[1].Steps.Length);
        Assert.Equal(("fw-2.1", first.FirmwareSince, "os-7", whole.Visits[1].Visit.Id), (host.Firmware, host.FirmwareSince, host.OsPatch, host.OsPatchSince?.Visit));
        Assert.Equal(whole.Visits[2].Visit.Id, first.FirmwareSince!.Visit);
        Assert.InRange(host.OsPatchSince!.At, whole.Visits[1].Visit.Since, whole.Visits[1].EndedAt!.Value);

        // A new fleet file knows nothing of it and takes nothing away.
        await world.Scenario.MustAsync(new PlaceHosts("eu", "commercial", [world.Hosts[0] with { Rack = "r9", Firmware = "fw-0" }], []));
        var placed = world.Scenario.Fleet("eu").Hosts["a1"];
        Assert.Equal(("r9", host.Firmware, host.FirmwareSince), (placed.Rack, placed.Firmware, placed.FirmwareSince));

        var paged = new List<string>();
        for (long? before = null, page = 0; page < 4; page++)
        {
            var one = await history.ReadAsync("eu", "a1", before, 1, CancellationToken.None);
            paged.AddRange(one.Visits.Select(visit => $"{visit.Visit.Id} {visit.Status} {visit.Steps.Length}"));
            if ((before = one.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(whole.Visits.Select(visit => $"{visit.Visit.Id} {visit.Status} {visit.Steps.Length}"), paged);
        Assert.Empty((await history.ReadAsync("eu", "b1", null, 10, CancellationToken.None)).Visits);
    }

    [Fact]
    public void A_visit_that_a_later_one_took_over_has_no_end_and_one_under_way_is_active()
    {
        var at = new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
        Visit Begun(int n, VisitPurpose purpose) => new($"v{n}", "h1", purpose, $"{n}.0", null, "r1", n, at, at.AddHours(1));
        var tale = new VisitTale("h1", continued: false);
        tale.Take(5, at, new StepsDone([new("h1", "v2/Drain", 2, true, "1.0", null), new("h2", "v9/Drain", 2, true, "1.0", null)]));
        Assert.True(tale.Open);
        tale.Take(4, at, new VisitsBegan([Begun(2, VisitPurpose.Rollback)]));
        tale.Take(3, at, new VisitsFailed([new("h2", "v9", "no")]));
        tale.Take(2, at, new VisitsBegan([Begun(1, VisitPurpose.Forward)]));
        Assert.False(tale.Open);
        Assert.Equal([(VisitStatus.Active, "Rollback to 2.0", 1), ((VisitStatus?)null, "Software 1.0", 0)], tale.Visits.Select(one => (one.Status, one.Activities.Single(), one.Steps.Length)));
    }
}
