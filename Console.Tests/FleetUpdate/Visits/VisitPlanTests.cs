using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Tests.FleetUpdate.Visits;

/// <summary>What goes together in one outage, and what does not.</summary>
public sealed class VisitPlanTests
{
    private static readonly DateTimeOffset Ordered = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Firmware_goes_before_the_OS_and_the_OS_before_the_software_and_the_host_restarts_once()
    {
        var plan = Combine(proven: true, Item(ActivityKind.Software, "2.0"), Item(ActivityKind.OsPatch, "os-1"), Item(ActivityKind.Firmware, "fw-1"));
        Assert.Equal([ActivityKind.Firmware, ActivityKind.OsPatch, ActivityKind.Software], plan.Items.Select(item => item.Activity.Kind));
        Assert.Equal(["Firmware fw-1", "OsPatch os-1"], plan.Changes.Select(change => $"{change.Kind} {change.Version}"));
        Assert.Null(HostChange.Problem(plan.Changes));
        Assert.Equal("2.0", plan.Software?.Version);
        Assert.Equal((Minutes(5 + (3 * 4)), Minutes(5 + (3 * 10)), Minutes(2 * 5)), (plan.P50, plan.P99, plan.Saved));
    }

    [Fact]
    public void A_way_back_goes_before_all_else_and_alone()
    {
        var plan = Combine(proven: true, Item(ActivityKind.Firmware, "fw-1"), Item(ActivityKind.Software, "1.0") with { Alone = true }, Item(ActivityKind.OsPatch, "os-1"));
        Assert.Equal(["1.0"], plan.Items.Select(item => item.Activity.Version));
        Assert.Equal(2, plan.Left.Length);
        Assert.All(plan.Left, left => Assert.Equal("a way back to a proven release is done alone", left.Why));
    }

    [Fact]
    public void One_artifact_that_has_not_passed_an_AZ_goes_with_those_that_have()
    {
        var plan = VisitPlan.Combine([Item(ActivityKind.OsPatch, "os-1"), Item(ActivityKind.Firmware, "fw-1"), Item(ActivityKind.Reboot, null)], activity => activity.Kind == ActivityKind.Reboot);
        Assert.Equal([ActivityKind.Firmware, ActivityKind.Reboot], plan.Items.Select(item => item.Activity.Kind));
        Assert.Contains("Firmware/fw-1 has not passed an AZ yet, and neither has OsPatch/os-1", plan.Left.Single().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_take_longer_than_the_longest_outage_waits_for_the_next_one()
    {
        var plan = Combine(proven: true, Item(ActivityKind.Firmware, "fw-1") with { MaxOutage = Minutes(26) }, Item(ActivityKind.OsPatch, "os-1"), Item(ActivityKind.Software, "2.0"));
        Assert.Equal((2, 1), (plan.Items.Length, plan.Left.Length));
        Assert.True(plan.P99 <= Minutes(26));
    }

    [Fact]
    public void What_destroys_data_goes_alone()
    {
        var repair = Item(ActivityKind.HardwareRepair, null);
        var plan = Combine(proven: true, repair with { Activity = repair.Activity with { Disruption = Disruption.DataDestroying } }, Item(ActivityKind.OsPatch, "os-1"));
        Assert.Equal((ActivityKind.HardwareRepair, 1), (plan.Items.Single().Activity.Kind, plan.Left.Length));
    }

    [Fact]
    public void The_same_artifact_of_two_campaigns_is_installed_once_and_another_version_of_it_later()
    {
        var plan = Combine(proven: true, Item(ActivityKind.OsPatch, "os-1"), Item(ActivityKind.OsPatch, "os-1", "m2"), Item(ActivityKind.OsPatch, "os-2", "m3"));
        Assert.Equal(["m1", "m2"], plan.Items.Select(item => item.Campaign));
        Assert.Single(plan.Changes);
        Assert.Equal((Minutes(5 + 4), TimeSpan.Zero), (plan.P50, plan.Saved));
    }

    [Theory]
    [InlineData(ReservationState.Granted, true)]
    [InlineData(ReservationState.Draining, true)]
    [InlineData(ReservationState.Executing, false)]
    [InlineData(ReservationState.Verifying, false)]
    public void Others_may_join_before_anything_is_done(ReservationState state, bool may) => Assert.Equal(may, VisitPlan.MayJoin(state));

    [Theory]
    [InlineData(1, 1, "one host:1")]
    [InlineData(4, 1, "one host:1 up to the cap:4")]
    [InlineData(4, 2, "one host:1 one rack:2 up to the cap:4")]
    [InlineData(1_000, 5, "one host:1 one rack:5 1 %:10 5 %:50 up to the cap:1000")]
    [InlineData(333_334, 40, "one host:1 one rack:40 1 %:3334 5 %:16667 up to the cap:333334")]
    public void An_AZ_begins_with_one_host_then_its_rack_then_shares(int hosts, int inRack, string stages) =>
        Assert.Equal(stages, string.Join(' ', CanaryStages.Of(hosts, inRack).Select(stage => $"{stage.Name}:{stage.Hosts}")));

    [Fact]
    public void Waits_after_refusals_grow_within_their_bounds_and_are_the_same_when_drawn_again()
    {
        foreach (var host in Enumerable.Range(0, 200).Select(n => $"h{n}"))
        {
            var wait = TimeSpan.Zero;
            for (var tries = 1; tries < 30; tries++)
            {
                var next = RetryPace.Next(host, tries, wait);
                Assert.InRange(next, RetryPace.Base, wait * 3 < RetryPace.Base ? RetryPace.Base : wait * 3 < RetryPace.Cap ? wait * 3 : RetryPace.Cap);
                Assert.Equal(next, RetryPace.Next(host, tries, wait));
                wait = next;
            }
        }

        Assert.True(Enumerable.Range(0, 200).Select(n => RetryPace.Next($"h{n}", 2, RetryPace.Base)).Distinct().Count() > 150, "all at once again");
    }

    [Fact]
    public void A_bad_order_is_told_what_is_wrong_with_it()
    {
        var good = new CampaignOrder("m1", [Item(ActivityKind.OsPatch, "os-1").Activity]);
        Assert.Null(good.Problem());
        Assert.Contains("1 to 6", (good with { Activities = [] }).Problem(), StringComparison.Ordinal);
        Assert.Contains("is no activity", (good with { Activities = [new(ActivityKind.Diagnostic, null, Minutes(1), Minutes(1))] }).Problem(), StringComparison.Ordinal);
        Assert.Contains("twice", (good with { Activities = [.. good.Activities, .. good.Activities] }).Problem(), StringComparison.Ordinal);
        Assert.Contains("more than the longest outage", (good with { MaxOutage = Minutes(14) }).Problem(), StringComparison.Ordinal);
        Assert.Contains("cap", (good with { CapShare = 0 }).Problem(), StringComparison.Ordinal);
        Assert.Contains("cap", (good with { CapShare = double.NaN }).Problem(), StringComparison.Ordinal);
        Assert.Contains("its id", (good with { Id = "a b" }).Problem(), StringComparison.Ordinal);
    }

    private static VisitPlan Combine(bool proven, params OpenItem[] items) => VisitPlan.Combine(items, _ => proven);

    private static OpenItem Item(ActivityKind kind, string? version, string campaign = "m1") =>
        new(campaign, 0, new MaintenanceActivity(kind, version, Minutes(4), Minutes(10)), Minutes(5), Minutes(120), Ordered);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
