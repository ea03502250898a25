using OpsConsole.Domain.Fleet;
using static OpsConsole.Tests.Fleet.FleetWorld;

namespace OpsConsole.Tests.Fleet;

public sealed class VisitTests
{
    private readonly FleetWorld _world = new();

    public VisitTests() => _world.PlaceAsync(HostOf("a1"), HostOf("a2"), HostOf("b1", "r1b")).GetAwaiter().GetResult();

    private Visit A1 => _world.Fleet.Visits["a1"];

    [Fact]
    public async Task A_visit_goes_from_drain_to_restore_and_the_host_runs_the_release()
    {
        await _world.BeginAsync("a1");
        var steps = new List<HostStep>();
        while (A1.Status == VisitStatus.Active)
        {
            steps.Add(A1.Step);
            await _world.ReportAsync("a1");
        }

        Assert.Equal([HostStep.Drain, HostStep.Install, HostStep.Start, HostStep.Verify, HostStep.Restore], steps);
        Assert.Equal((VisitStatus.Done, HostState.InService, "v2"), (A1.Status, _world.Fleet.Hosts["a1"].State, _world.Fleet.Hosts["a1"].Release));
        Assert.Empty(_world.Fleet.Active);
    }

    [Fact]
    public async Task One_az_of_a_region_changes_at_a_time()
    {
        await _world.BeginAsync("a1");

        var refused = await _world.BeginAsync("b1");
        Assert.Equal("fleet.one-az", refused.Rejection?.Code);
        Assert.Equal("a1", refused.Rejection?.Evidence["holder"]);
        Assert.Equal("fleet.one-az", (await _world.BeginAsync("b1", VisitPurpose.Rollback)).Rejection?.Code);
        Assert.True((await _world.BeginAsync("a2")).Accepted);
        Assert.True((await _world.BeginAsync("b1", VisitPurpose.ReadOnlyOn)).Accepted);
    }

    [Fact]
    public async Task One_order_of_two_azs_is_refused_whole()
    {
        Assert.Equal("fleet.one-az", (await _world.SendAsync(new BeginVisits("r1", [Order("a1"), Order("b1")], 0))).Rejection?.Code);
        Assert.Empty(_world.Fleet.Visits);
    }

    [Fact]
    public async Task Asking_twice_for_the_same_visit_is_asking_once()
    {
        await _world.BeginAsync("a1");
        await _world.ReportAsync("a1");
        await _world.BeginAsync("a1");

        Assert.Equal((HostStep.Install, 1L), (A1.Step, A1.Token));
    }

    [Fact]
    public async Task Bad_orders_are_refused_and_nothing_changes()
    {
        Assert.Equal("fleet.unknown-host", (await _world.BeginAsync("nobody")).Rejection?.Code);
        Assert.Equal("fleet.visit-limit", (await _world.SendAsync(new BeginVisits("r1", [Order("a1") with { Limit = TimeSpan.Zero }], 0))).Rejection?.Code);
        Assert.Equal("fleet.visit-id", (await _world.BeginAsync("a1", id: "")).Rejection?.Code);
        Assert.Equal("fleet.visit-release", (await _world.SendAsync(new BeginVisits("r1", [Order("a1") with { Release = null }], 0))).Rejection?.Code);
        Assert.Equal("fleet.host-twice", (await _world.SendAsync(new BeginVisits("r1", [Order("a1"), Order("a1", id: "other")], 0))).Rejection?.Code);
        Assert.Empty(_world.Fleet.Visits);
    }

    [Fact]
    public async Task Two_pulls_of_the_cord_order_one_visit_for_a_host()
    {
        await _world.SendAsync(new BeginVisits("r1", [Order("a1", VisitPurpose.ReadOnlyOn, "c1"), Order("a1", VisitPurpose.ReadOnlyOn, "c2")], 0));
        await _world.SendAsync(new BeginVisits("r1", [Order("a1", VisitPurpose.ReadOnlyOn, "c1"), Order("a1", VisitPurpose.ReadOnlyOn, "c2")], 0));

        Assert.Equal(("c1", 1L), (A1.Id, A1.Token));
    }

    [Fact]
    public async Task A_rollback_takes_a_host_over_and_fences_the_old_visit_off()
    {
        await _world.BeginAsync("a1");
        var old = A1;
        Assert.Equal("fleet.host-in-work", (await _world.BeginAsync("a1", id: "other")).Rejection?.Code);
        Assert.Equal("fleet.host-in-work", (await _world.BeginAsync("a1", VisitPurpose.ReadOnlyOff)).Rejection?.Code);

        Assert.True((await _world.BeginAsync("a1", VisitPurpose.Rollback, release: "v1")).Accepted);
        Assert.Equal(old.Token + 1, A1.Token);
        await _world.ReportAsync("a1", token: old.Token, command: old.CommandId);
        Assert.Equal(HostStep.Drain, A1.Step);
        await _world.FinishAsync("a1", "v1");
        Assert.Equal("v1", _world.Fleet.Hosts["a1"].Release);
    }

    [Theory]
    [InlineData("doubled")]
    [InlineData("foreign")]
    [InlineData("old token")]
    [InlineData("late")]
    public async Task Reports_nobody_awaits_change_nothing(string kind)
    {
        await _world.BeginAsync("a1");
        var before = A1;
        await _world.ReportAsync("a1");
        var events = _world.Journal.Events.Count;
        if (kind == "late")
        {
            _world.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var answer = kind switch
        {
            "doubled" => await _world.ReportAsync("a1", command: before.CommandId),
            "foreign" => await _world.SendAsync(new ReportSteps("r1", [new("a2", A1.CommandId, 1, true, "v2", null), new("zz", A1.CommandId, 1, true, "v2", null)])),
            "old token" => await _world.ReportAsync("a1", token: 0),
            _ => await _world.ReportAsync("a1"),
        };

        Assert.True(answer.Accepted);
        Assert.Equal(events, _world.Journal.Events.Count);
    }

    [Fact]
    public async Task Two_answers_to_one_step_in_one_command_count_once()
    {
        await _world.BeginAsync("a1");
        await _world.SendAsync(new ReportSteps("r1", [new("a1", A1.CommandId, 1, true, null, null), new("a1", A1.CommandId, 1, true, null, null)]));

        Assert.Equal(HostStep.Install, A1.Step);
    }

    [Fact]
    public async Task A_failed_step_makes_a_casualty_that_says_why()
    {
        await _world.BeginAsync("a1");
        await _world.ReportAsync("a1", succeeded: false);

        Assert.Equal((VisitStatus.Failed, "Drain failed: it broke", HostState.Casualty), (A1.Status, A1.Detail, _world.Fleet.Hosts["a1"].State));
        Assert.Empty(_world.Fleet.Active);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData(null)]
    public async Task A_host_that_does_not_confirm_the_release_is_a_casualty(string? says)
    {
        await _world.BeginAsync("a1");
        for (var i = 0; i < 4; i++)
        {
            await _world.ReportAsync("a1", release: says);
        }

        Assert.Equal(VisitStatus.Failed, A1.Status);
        Assert.StartsWith("Verify found release", A1.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_past_its_deadline_ends_and_others_go_on()
    {
        await _world.BeginAsync("a1");
        _world.Clock.Advance(TimeSpan.FromMinutes(6));
        await _world.BeginAsync("a2");
        await _world.SendAsync(new ExpireVisits("r1"));
        Assert.Equal(VisitStatus.Active, A1.Status);

        _world.Clock.Advance(TimeSpan.FromMinutes(4));
        await _world.SendAsync(new ExpireVisits("r1"));
        Assert.Equal((VisitStatus.Failed, VisitStatus.Active), (A1.Status, _world.Fleet.Visits["a2"].Status));
        Assert.Contains("no answer to Drain", A1.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_host_stays_out_of_service_until_a_visit_brings_it_back()
    {
        await _world.BeginAsync("a1");
        await _world.SendAsync(new CancelVisits("r1", [A1.Id, "unknown"], "aborted"));

        Assert.Equal((VisitStatus.Cancelled, "aborted", HostState.InWork), (A1.Status, A1.Detail, _world.Fleet.Hosts["a1"].State));
        Assert.True((await _world.BeginAsync("b1")).Accepted);
        await _world.FinishAsync("b1");
        await _world.BeginAsync("a1", VisitPurpose.Rollback, release: "v1");
        await _world.FinishAsync("a1", "v1");
        Assert.Equal(HostState.InService, _world.Fleet.Hosts["a1"].State);
    }

    [Fact]
    public async Task Read_only_never_brings_a_half_changed_host_into_service()
    {
        await _world.BeginAsync("a1");
        foreach (var purpose in new[] { VisitPurpose.ReadOnlyOn, VisitPurpose.ReadOnlyOff })
        {
            await _world.BeginAsync("a1", purpose);
            await _world.FinishAsync("a1");
        }

        Assert.Equal(HostState.InWork, _world.Fleet.Hosts["a1"].State);
        await _world.BeginAsync("a2", VisitPurpose.ReadOnlyOn);
        await _world.FinishAsync("a2");
        Assert.Equal(HostState.ReadOnly, _world.Fleet.Hosts["a2"].State);
        await _world.BeginAsync("a2", VisitPurpose.ReadOnlyOff);
        await _world.FinishAsync("a2");
        Assert.Equal(HostState.InService, _world.Fleet.Hosts["a2"].State);
    }
}
