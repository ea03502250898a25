using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.ProvingGround;
using Xunit.Abstractions;

namespace OpsConsole.Tests.FleetUpdate.Ground;

/// <summary>The real store, patched from end to end under customers: first all of its storage and index hosts, then with one that is killed in the middle of its outage and never comes back.</summary>
[Collection(PatchedGroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class CombinedOutageTests(ITestOutputHelper output)
{
    [Fact]
    public async Task One_outage_each_under_traffic_and_a_host_that_never_returns_is_rebuilt_elsewhere_while_the_plan_goes_on()
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var ground = await PatchedGround.StartedAsync();
        output.WriteLine($"started after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s");
        await using var reader = await KeptObjects.WrittenAsync(ground.Customer(), 60);
        await ground.MustAsync(new SetReservationPolicy(PatchedGround.Region, new() { OfflineShare = 0.5, ChecksumSample = 10, ReleaseNeedsSample = false }));
        var stateful = ground.Fleet.Hosts.Values.Where(host => host.Role != HostRole.Web).ToArray();
        Assert.Equal(15, stateful.Length);

        await ground.MustAsync(new OrderCampaign(PatchedGround.Region, Order("all", [Activity(ActivityKind.OsPatch, "os-6.12.3"), Activity(ActivityKind.Firmware, "fw-2.1"), Activity(ActivityKind.Software, "2026.11.1")])));
        await ground.UntilAsync(() => ground.State.Campaigns["all"].Status != CampaignStatus.Running, TimeSpan.FromMinutes(5), () => Words(ground));
        output.WriteLine($"patched after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s; {await ground.CustomersAsync()}; saved {ground.State.Campaigns["all"].Saved}");

        Assert.True(ground.State.Campaigns["all"].Status == CampaignStatus.Done && ground.State.Campaigns["all"].Ledger.All.Casualties == 0, Words(ground));
        foreach (var host in ground.Supervisor.Plan.Hosts.Where(host => host.Role is GroundRole.Storage or GroundRole.Index))
        {
            var says = await ground.Client.HealthAsync(host, deep: true, CancellationToken.None);
            Assert.Equal((host.Id, "2026.11.1", "fw-2.1", "os-6.12.3"), (says!.Id, says.Version, says.Firmware, says.OsPatch));
        }

        var visits = ground.Events.Select(one => one.Event).OfType<VisitsBegan>().SelectMany(one => one.Visits).ToArray();
        Assert.Equal(stateful.Select(host => host.Id).Order(StringComparer.Ordinal), visits.Select(visit => visit.Host).Order(StringComparer.Ordinal));
        await reader.AllReadAsync();
        Assert.True(reader.Failures.IsEmpty, string.Join('\n', reader.Failures));

        await NeverReturnsAsync(ground, reader);
        var report = (await ground.CustomersAsync())!;
        output.WriteLine($"over after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s; {report}; {reader.Reads} reads of kept objects; {string.Join('\n', report.LastTrouble)}");
        Assert.Equal(0, report.Wrong);
        Assert.DoesNotContain(report.LastTrouble, trouble => trouble.StartsWith("get", StringComparison.OrdinalIgnoreCase));
    }

    private async Task NeverReturnsAsync(PatchedGround ground, KeptObjects reader)
    {
        var az = ground.Placement!.Placement.Azs[1];
        var (victim, other) = ($"{az}-storage-2", $"{az}-storage-3");
        var order = Order("second", [Activity(ActivityKind.OsPatch, "os-6.12.4")]) with { Hosts = [victim, other, $"{ground.Placement.Placement.Azs[2]}-storage-1"] };
        ground.DiesWhenStarted(victim);
        await ground.MustAsync(new OrderCampaign(PatchedGround.Region, order));
        await ground.UntilAsync(() => ground.Held.Charged.TryGetValue(victim, out var held) && held.State == ReservationState.Suspect, TimeSpan.FromMinutes(1), () => Words(ground));
        Assert.Equal("its lease ran out", ground.Held.Charged[victim].Trouble);
        await ground.UntilAsync(() => ground.State.Campaigns["second"].Status != CampaignStatus.Running, TimeSpan.FromMinutes(3), () => Words(ground));

        var campaign = ground.State.Campaigns["second"];
        Assert.Equal((CampaignStatus.Done, HostEnd.Casualty, HostEnd.Done), (campaign.Status, campaign.Hosts[victim].End, campaign.Hosts[other].End));
        await ground.UntilAsync(() => !ground.Held.Charged.ContainsKey(victim), TimeSpan.FromMinutes(3), () => Words(ground));
        Assert.Contains(ground.Events, one => one.Event is ReservationEnded { How: ReservationEnd.Rebuilt } ended && ended.Host == victim);
        var placement = ground.Placement!.Placement;
        Assert.DoesNotContain(placement.Members, place => placement.Hosts[place].Id == victim);
        var others = ground.Supervisor.Plan with { Hosts = [.. ground.Supervisor.Plan.Hosts.Where(host => host.Id != victim)] };
        await ground.UntilAsync(() => ground.Client.AtRestAsync(others, CancellationToken.None), TimeSpan.FromMinutes(1), () => "something waits for repair");
        foreach (var host in ground.Supervisor.Plan.Of(GroundRole.Storage).Where(host => host.Id != victim))
        {
            var back = await ground.Client.ReadBackAsync(host, 1_000, CancellationToken.None);
            Assert.True(back is { Checked: > 0, Mismatches: 0 } || back is { Checked: 0 }, $"{host.Id}: {back}");
        }

        await reader.AllReadAsync();
        Assert.True(reader.Failures.IsEmpty, string.Join('\n', reader.Failures));
    }

    private static CampaignOrder Order(string id, System.Collections.Immutable.ImmutableArray<MaintenanceActivity> activities) =>
        new(id, activities) { Cycle = TimeSpan.FromSeconds(8), MaxOutage = TimeSpan.FromMinutes(2), CapShare = 0.5, Velocity = new(First: 3_600, Least: 60, Most: 36_000) };

    private static MaintenanceActivity Activity(ActivityKind kind, string version) => new(kind, version, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)) { Bake = TimeSpan.FromSeconds(2), ProvenBy = "the rehearsal" };

    private static string Words(PatchedGround ground) =>
        string.Join("; ", ground.State.Campaigns.Values.Select(one => $"{one.Order.Id} {one.Status} {one.Why} {string.Join(' ', one.Hosts.Select(host => $"{host.Key}:{host.Value.End}:{host.Value.Why}"))}"))
        + $"\nout {string.Join(' ', ground.State.Outages.Values.Select(one => $"{one.Host} baking {one.Baking}"))}"
        + $"\nparked {string.Join("; ", ground.State.Parked.Values.Select(one => $"{one.Host} {one.Check} {one.Why} {one.WakeOn} tries {one.Tries}"))}"
        + $"\ncharged {string.Join("; ", ground.Held.Charged.Values.Select(one => $"{one.Host} {one.State} {one.Trouble}"))}";
}
