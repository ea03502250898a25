using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

/// <summary>Nine shards of which five are enough, three in each AZ: while nobody works an AZ and one more may be lost, while hosts are reserved an AZ.</summary>
public sealed class SteadyTierTests
{
    private readonly LeaseWorld _world = Over(new(true, 1));

    [Fact]
    public void Planned_work_waits_while_a_shard_is_lost_and_goes_on_when_it_is_back()
    {
        Fail("h4", HostState.Casualty);
        var refused = _world.Send(LeaseWorld.Ask("r1", "h1"));
        Assert.Equal(("reservation.steady-tier-not-held", "WaitForEvent", "s1", "h4", "-1", "set:s1"), (refused?.Code, refused?.Evidence["class"], refused?.Evidence["set"], refused?.Evidence["blocking"], refused?.Evidence["slack"], refused?.Evidence["wake-on"]));

        Fail("h4", HostState.InService);
        Assert.Null(_world.Send(LeaseWorld.Ask("r2", "h1")));
    }

    [Fact]
    public void A_host_at_planned_work_is_not_lost_and_one_whose_lease_ran_out_is()
    {
        Assert.Null(_world.Send(LeaseWorld.Ask("r1", "h1")));
        Fail("h1", HostState.InWork);
        Assert.Equal("reservation.placement-conflict", _world.Send(LeaseWorld.Ask("r2", "h2"))?.Code);

        _world.At(TimeSpan.FromHours(1));
        _world.Send(new ExpireReservations("r1"), "engine");
        Assert.Equal("reservation.steady-tier-not-held", _world.Send(LeaseWorld.Ask("r3", "h2"))?.Code);
        Assert.Null(_world.Send(new RenewReservation("r1", "h1", 1, TimeSpan.FromHours(1))));
        Assert.Equal("reservation.placement-conflict", _world.Send(LeaseWorld.Ask("r4", "h2"))?.Code);
    }

    [Theory]
    [InlineData(WorkerKind.Human, ActivityKind.OsPatch, false)]
    [InlineData(WorkerKind.PlannedAutomation, ActivityKind.Firmware, false)]
    [InlineData(WorkerKind.PlannedAutomation, ActivityKind.HardwareRepair, true)]
    [InlineData(WorkerKind.Remediation, ActivityKind.OsPatch, true)]
    [InlineData(WorkerKind.Emergency, ActivityKind.OsPatch, true)]
    public void What_mends_and_who_is_in_an_emergency_do_not_wait(WorkerKind kind, ActivityKind activity, bool goes)
    {
        // Any four of nine: the maintenance tier has room for the host besides.
        var world = Over(new(true, 2), k: 4);
        Fail("h4", HostState.Unknown, world);
        Assert.Equal(goes ? null : "reservation.steady-tier-not-held", world.Send(LeaseWorld.Ask("r1", "h1") with { Kind = kind, Activities = [new(activity)] })?.Code);
    }

    [Fact]
    public void A_dry_run_says_both_tiers_and_a_second_person_may_let_one_pass()
    {
        var world = Over(new(true, 2), k: 4);
        Fail("h4", HostState.Casualty, world);
        Assert.Equal([ReservationCheck.SteadyTierNotHeld], world.Examine(LeaseWorld.Ask("r1", "h1")).Denials.Select(denial => denial.Check));
        Assert.Null(world.Send(new GrantOverride("r1", "o1", ReservationCheck.SteadyTierNotHeld, "h1", "person:ada", TimeSpan.FromHours(1)), "person:ben"));
        Assert.Null(world.Send(LeaseWorld.Ask("r1", "h1") with { Override = "o1" }));
        Assert.Equal(1, world.Held.Overridden[ReservationCheck.SteadyTierNotHeld]);
    }

    [Fact]
    public void A_code_that_never_holds_its_steady_tier_needs_a_person_and_is_told_beforehand()
    {
        var world = Over(new(true, 2));
        var refused = world.Send(LeaseWorld.Ask("r1", "h1"));
        Assert.Equal(("reservation.steady-tier-not-held", "NeedsHuman", "person"), (refused?.Code, refused?.Evidence["class"], refused?.Evidence["wake-on"]));

        var tiers = ServiceTiers.Of(Placement(new(true, 2), 5), world.States.Fleet)!;
        Assert.Equal(("the loss of any AZ", "the loss of any AZ and 2 more", 1, "s1"), (tiers.Maintenance, tiers.Steady, tiers.NeverSteady, tiers.Example));
        Assert.Contains("such as s1, cannot hold the steady tier", tiers.Never, StringComparison.Ordinal);
        Assert.Equal(new CodeRoom("any 5 of 9", "3/3/3", 1, false, 1), Assert.Single(tiers.Codes));
        Assert.Null(ServiceTiers.Of(Placement(new(true, 1), 5), world.States.Fleet)!.Never);
    }

    [Fact]
    public void How_many_of_a_set_may_go_is_said_for_each_code()
    {
        // LRC(4,2,3), of each AZ a shard of each group and a global; LRC(5,2,2), of which an AZ of one group cannot be spared.
        PlacedSet even = new("s1", ["h1", "h4", "h7", "h2", "h5", "h8", "h3", "h6", "h9"], 4) { Groups = [[0, 1, 2], [3, 4, 5]] };
        PlacedSet odd = new("s2", [.. Enumerable.Range(1, 9).Select(n => $"h{n}")], 5) { Groups = [[0, 1, 2, 3], [4, 5, 6]] };
        var tiers = ServiceTiers.Of(new(1, null, [new(true, 0)], [even, odd, even with { Id = "s3" }, new("s4", ["h1", "h4", "h7"], 1), new("s5", ["elsewhere"], 1)]), _world.States.Fleet)!;
        Assert.Equal(
            ["LRC(4,2,3) 3/3/3 2 2", "LRC(5,2,2) 3/3/3 0 1", "any 1 of 3 1/1/1 1 1"],
            tiers.Codes.Select(code => $"{code.Code} {code.PerAz} {code.MayGo} {code.Sets}"));
    }

    [Fact]
    public void Without_a_steady_tier_nothing_is_asked_besides()
    {
        var world = new LeaseWorld(new PlacedSetsAuthority("placement", new(1, null, [new(true, 0)], [new("s1", [.. Enumerable.Range(1, 9).Select(n => $"h{n}")], 4)])));
        Fail("h4", HostState.Casualty, world);
        Assert.Null(world.Send(LeaseWorld.Ask("r1", "h1")));
    }

    [Fact]
    public void A_set_with_local_groups_is_judged_by_which_shards_are_gone()
    {
        // LRC(5,2,2): a group of four, one of three, two globals.
        PlacedSet set = new("s1", ["h1", "h4", "h7", "h2", "h5", "h8", "h3", "h6", "h9"], 5) { Groups = [[0, 1, 2, 6], [3, 4, 5]] };
        var world = new LeaseWorld(new PlacedSetsAuthority("placement", new(1, null, [new(false, 0)], [set])), new() { OfflineShare = 1, MaxPerRack = null, AzSerial = false });
        Assert.Null(world.Send(LeaseWorld.Ask("r1", "h1", "h2", "h6")));
        var refused = world.Send(LeaseWorld.Ask("r2", "h4", "h9"));
        Assert.Equal(("reservation.placement-conflict", "h9"), (refused?.Code, refused?.Evidence["host"]));
        Assert.Null(world.Send(LeaseWorld.Ask("r3", "h9")));
        Assert.Equal("h1,h2,h6,h9", world.Send(LeaseWorld.Ask("r4", "h4"))?.Evidence["blocking"]);
    }

    private static PlacedSets Placement(OpsConsole.Domain.Placement.SurviveScenario steady, int k) => new(1, null, [new(true, 0)], [new("s1", [.. Enumerable.Range(1, 9).Select(n => $"h{n}")], k)]) { Steady = [steady] };

    private static LeaseWorld Over(OpsConsole.Domain.Placement.SurviveScenario steady, int k = 5) => new(new PlacedSetsAuthority("placement", Placement(steady, k)));

    private void Fail(string host, HostState state, LeaseWorld? world = null)
    {
        var states = (world ?? _world).States;
        states.Fleet = states.Fleet with { Hosts = states.Fleet.Hosts.SetItem(host, states.Fleet.Hosts[host] with { State = state }) };
    }
}
