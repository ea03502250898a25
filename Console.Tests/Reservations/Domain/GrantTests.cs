using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations;

public sealed class GrantTests
{
    private readonly LeaseWorld _world = new();

    [Fact]
    public void Several_hosts_are_granted_all_or_none()
    {
        var refused = _world.Send(LeaseWorld.Ask("r1", "h3", "h1", "h2"));

        Assert.Equal(("reservation.placement-conflict", "h2", "h1"), (refused?.Code, refused?.Evidence["host"], refused?.Evidence["blocking"]));
        Assert.Empty(_world.Held.Charged);
    }

    [Fact]
    public void As_many_as_go_are_the_most_that_may_go_together()
    {
        Assert.Null(_world.Send(LeaseWorld.Ask("r1", "h1", "h2", "h3") with { Max = 3 }));
        Assert.Equal(["h1", "h3"], _world.Held.Charged.Keys.Order());
        Assert.Single(_world.Events);
    }

    [Fact]
    public void A_request_that_comes_again_after_its_hosts_were_given_back_is_not_granted_anew()
    {
        _world.Send(LeaseWorld.Ask("r1", "h1"));
        _world.Send(new ReleaseReservation("r1", "h1", 1, HostHealth.Healthy));

        Assert.Equal("reservation.request-ended", _world.Send(LeaseWorld.Ask("r1", "h1"))?.Code);
        Assert.Equal("reservation.request-id", Taken());

        string? Taken()
        {
            _world.Send(LeaseWorld.Ask("r2", "h1"));
            return _world.Send(LeaseWorld.Ask("r2", "h1"), "person:ben")?.Code;
        }
    }

    [Fact]
    public void A_dry_run_lists_every_check_that_fails_in_order_and_changes_nothing()
    {
        _world.Send(LeaseWorld.Ask("r1", "h1"));
        _world.Pull(CordMode.Halt);

        var run = _world.Examine(LeaseWorld.Ask("r2", "h1", "h2", "h4", "h99"));
        Assert.Equal(
            ["h1 EmergencyCordPulled", "h1 HostAlreadyReserved", "h2 EmergencyCordPulled", "h2 PlacementConflict", "h4 EmergencyCordPulled", "h4 AzNotActive", "h4 PlacementConflict", "h99 UnknownHost"],
            run.Denials.Select(denial => $"{denial.Host} {denial.Check}"));
        Assert.All(run.Denials, denial => Assert.True(denial is { Why.Length: > 0, Do.Length: > 0, WakeOn.Length: > 0 }));
        Assert.Single(_world.Events);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(86_401)]
    public void A_lease_is_from_a_second_to_a_day(int seconds) =>
        Assert.Equal("reservation.bad-request", _world.Send(LeaseWorld.Ask("r1", "h1") with { Ttl = TimeSpan.FromSeconds(seconds) })?.Code);

    [Fact]
    public void A_host_nobody_answers_for_is_not_given_out() =>
        Assert.Equal("reservation.host-not-covered", new ReservationDecider(new OneAuthority(null)).Decide(_world.Held, LeaseWorld.Ask("r1", "h1"), _world.Context("person:ada")).Rejection?.Code);

    [Fact]
    public void A_code_without_room_needs_a_person_and_says_so()
    {
        var world = new LeaseWorld(new PlacedSetsAuthority("placement", new(1, null, [new(true, 0)], [new("wide", ["h1", "h4", "h7"], 2)])));
        var refused = world.Send(LeaseWorld.Ask("r1", "h1"));
        Assert.Equal(("reservation.placement-conflict", "NeedsHuman", "person"), (refused?.Code, refused?.Evidence["class"], refused?.Evidence["wake-on"]));
    }

    [Fact]
    public void An_override_of_the_placement_check_is_a_second_persons_and_lowers_the_bar_to_the_emergency_tier()
    {
        var world = new LeaseWorld(new PlacedSetsAuthority("placement", new(1, null, [new(true, 0)], [new("s1", ["h1", "h2", "h4", "h5", "h7"], 3)])), new() { OfflineShare = 1, MaxPerRack = null });
        Assert.Equal("reservation.placement-conflict", world.Send(LeaseWorld.Ask("r1", "h1"))?.Code);
        Assert.Equal("reservation.override", world.Send(new GrantOverride("r1", "o1", ReservationCheck.PlacementConflict, "h1", "person:ada", TimeSpan.FromHours(1)))?.Code);
        Assert.Null(world.Send(new GrantOverride("r1", "o1", ReservationCheck.PlacementConflict, null, "person:ada", TimeSpan.FromHours(1)), "person:ben"));

        var emergency = LeaseWorld.Ask("r1", "h1") with { Kind = WorkerKind.Emergency, Override = "o1" };
        Assert.Null(world.Send(emergency));
        Assert.Equal(1, world.Held.Overridden[ReservationCheck.PlacementConflict]);

        // One more failure must still be survived: the next one would leave three of three.
        Assert.Equal("reservation.data-loss-accepted", world.Send(emergency with { Request = "r2", Hosts = ["h2"] })?.Code);
        world.At(TimeSpan.FromHours(2));
        Assert.Equal("reservation.override", world.Send(emergency with { Request = "r3", Hosts = ["h2"] })?.Code);
    }

    [Theory]
    [InlineData(ReservationCheck.EmergencyCordPulled)]
    [InlineData(ReservationCheck.HostAlreadyReserved)]
    [InlineData(ReservationCheck.AzNotActive)]
    public void The_cord_exclusiveness_and_one_az_are_never_overridden(ReservationCheck check) =>
        Assert.Equal("reservation.override", _world.Send(new GrantOverride("r1", "o1", check, null, "person:ada", TimeSpan.FromHours(1)), "person:ben")?.Code);

    [Fact]
    public void A_suspect_host_is_given_only_to_who_mends_it_and_comes_back_with_proof_only()
    {
        _world.Send(LeaseWorld.Ask("r1", "h1"));
        _world.At(TimeSpan.FromHours(1));
        _world.Send(new ExpireReservations("r1"), "engine");
        Assert.Equal("reservation.host-suspect", _world.Send(LeaseWorld.Ask("r2", "h1"))?.Code);

        Assert.Null(_world.Send(LeaseWorld.Ask("r3", "h1") with { Kind = WorkerKind.Remediation }, "person:healer"));
        Assert.Null(_world.Send(new ReleaseReservation("r1", "h1", 2, HostHealth.Healthy), "person:healer"));
        Assert.Equal(ReservationState.Suspect, _world.Held.Charged["h1"].State);
        Assert.Equal("reservation.no-sample", _world.Send(new ProveHealthy("r1", "h1", 2, null))?.Code);
        Assert.Null(_world.Send(new ProveHealthy("r1", "h1", 2, new(100, 1))));
        Assert.Single(_world.Held.Charged);
        Assert.Null(_world.Send(new ProveHealthy("r1", "h1", 2, new(100, 0))));
        Assert.Empty(_world.Held.Charged);
    }

    [Fact]
    public void Only_a_person_may_say_emergency() =>
        Assert.Equal(
            "reservation.bad-request",
            new ReservationDecider(new OneAuthority(new StatelessAuthority())).Decide(_world.Held, LeaseWorld.Ask("r1", "h1") with { Kind = WorkerKind.Emergency }, new(_world.Now, new Actor(ActorKind.Token, "ci", [new(Role.Admin, Scope.Global)]), "fire", _world.States)).Rejection?.Code);

    [Fact]
    public void A_grant_from_before_a_pull_is_void_for_ever()
    {
        _world.Send(LeaseWorld.Ask("r1", "h1"));
        _world.Pull(CordMode.Halt);
        _world.ReleaseCord();

        Assert.Equal("reservation.emergency-cord-pulled", _world.Send(new AdvanceReservation("r1", "h1", 1, ReservationState.Executing))?.Code);
        Assert.Null(_world.Send(new ReleaseReservation("r1", "h1", 1, HostHealth.Healthy)));
        Assert.Null(_world.Send(LeaseWorld.Ask("r2", "h1")));
        Assert.Null(_world.Send(new AdvanceReservation("r1", "h1", 2, ReservationState.Executing)));
    }

    [Fact]
    public void Grants_of_the_last_hour_are_counted_to_the_minute_and_pass()
    {
        var pace = GrantPace.None.Add(3, _world.Start).Add(2, _world.Start.AddMinutes(30));
        Assert.Equal((5, 5, 2, 0), (pace.Within(_world.Start.AddMinutes(30)), pace.Within(_world.Start.AddMinutes(59)), pace.Within(_world.Start.AddMinutes(60)), pace.Within(_world.Start.AddMinutes(90))));
        Assert.Equal(_world.Start.AddMinutes(60), pace.NextRoom(_world.Start.AddMinutes(59)));
    }

    [Fact]
    public void Grants_of_one_minute_add_up_and_leave_the_hour_together()
    {
        var pace = GrantPace.None;
        for (var second = 0; second < 60 * 90; second += 20)
        {
            pace = pace.Add(1, _world.Start.AddSeconds(second));
            Assert.Equal(Math.Min((second / 20) + 1, 59 * 3 + (second / 20 % 3) + 1), pace.Within(_world.Start.AddSeconds(second)));
        }

        Assert.Equal(3, pace.Within(_world.Start.AddMinutes(89 + 59)));
        Assert.Equal(0, pace.Within(_world.Start.AddMinutes(89 + 60)));
    }
}
