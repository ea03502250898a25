using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Tests.Cord;

public sealed class ReadOnlyPlanTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private readonly FleetDecider _decider = new();

    [Fact]
    public void Serving_hosts_of_the_scope_become_read_only_and_others_are_left_alone()
    {
        var fleet = Fleet();
        var cord = Pulled(Scope.OfAz("r1a"));

        var due = ReadOnlyPlan.Due(cord, fleet, 100);

        Assert.Equal(["r1a-1", "r1a-2"], due.Select(order => order.Host));
        Assert.All(due, order => Assert.Equal(VisitPurpose.ReadOnlyOn, order.Purpose));
    }

    [Fact]
    public void It_is_due_until_done_and_then_no_more()
    {
        var cord = Pulled(Scope.OfAz("r1a"));
        var fleet = Carry(Fleet(), cord);

        Assert.Equal(HostState.ReadOnly, fleet.Hosts["r1a-1"].State);
        Assert.Empty(ReadOnlyPlan.Due(cord, fleet, 100));
    }

    [Fact]
    public void After_the_release_the_same_hosts_write_again()
    {
        var fleet = Carry(Fleet(), Pulled(Scope.OfAz("r1a")));
        var released = new CordState { Epoch = 2 };

        Assert.Equal(["r1a-1", "r1a-2"], ReadOnlyPlan.Due(released, fleet, 100).Select(order => order.Host));
        fleet = Carry(fleet, released);
        Assert.Equal(HostState.InService, fleet.Hosts["r1a-1"].State);
        Assert.Empty(ReadOnlyPlan.Due(released, fleet, 100));
    }

    [Fact]
    public void A_second_pull_over_the_same_hosts_keeps_them_read_only()
    {
        var fleet = Carry(Fleet(), Pulled(Scope.OfAz("r1a")));
        var other = new CordState { Epoch = 3, InForce = [new("c-2", Scope.OfRegion("r1"), CordMode.ReadOnly, "person:ada", "why", At, 2)] };

        Assert.DoesNotContain(ReadOnlyPlan.Due(other, fleet, 100), order => order.Purpose == VisitPurpose.ReadOnlyOff);
    }

    private static CordState Pulled(Scope scope) => new() { Epoch = 1, InForce = [new("c-1", scope, CordMode.ReadOnly, "person:ada", "why", At, 1)] };

    private static RegionFleet Fleet()
    {
        var decider = new FleetDecider();
        var hosts = from az in new[] { "r1a", "r1b" } from n in new[] { 1, 2 } select new Host($"{az}-{n}", "p1", "r1", az, "k1", HostRole.Storage, "storage", "m1", 0, HostDriver.Simulated);
        return decider.Apply(decider.Initial(FleetStreams.Of("r1")), new HostsPlaced("p1", [.. hosts], []), At);
    }

    private RegionFleet Carry(RegionFleet fleet, CordState cord)
    {
        var context = new Domain.Journal.DecisionContext(At, Actor.Engine, null, null!);
        fleet = Apply(fleet, _decider.Decide(fleet, new BeginVisits("r1", ReadOnlyPlan.Due(cord, fleet, 100), cord.Epoch), context));
        ImmutableArray<StepReport> reports = [.. fleet.ActiveVisits.Select(visit => new StepReport(visit.Host, visit.CommandId, visit.Token, true, null, null))];
        return Apply(fleet, _decider.Decide(fleet, new ReportSteps("r1", reports), context));
    }

    private RegionFleet Apply(RegionFleet fleet, Domain.Journal.Decision decision)
    {
        Assert.Null(decision.Rejection);
        return decision.Events.Aggregate(fleet, (state, happened) => _decider.Apply(state, happened, At));
    }
}
