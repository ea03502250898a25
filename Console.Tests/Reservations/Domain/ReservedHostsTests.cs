using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Tests.Reservations;

/// <summary>What reservations say before a visit begins.</summary>
public sealed class ReservedHostsTests
{
    private readonly LeaseWorld _world = new();

    public ReservedHostsTests() => _world.Send(LeaseWorld.Ask("q1", "h1") with { OnBehalfOf = "roll-1" });

    [Fact]
    public void Somebody_elses_host_is_held_with_who_since_and_until()
    {
        var refused = Refuses("h1", "roll-2")!;
        Assert.Equal(("fleet.reserved", "person:ada", $"{_world.Start:u}", $"{_world.Start.AddMinutes(30):u}"), (refused.Code, refused.Evidence["holder"], refused.Evidence["since"], refused.Evidence["until"]));
        Assert.NotNull(Refuses("h1", null));
    }

    [Theory]
    [InlineData("h1", "roll-1", VisitPurpose.Forward)]
    [InlineData("h2", "roll-2", VisitPurpose.Forward)]
    [InlineData("h1", "roll-2", VisitPurpose.Rollback)]
    [InlineData("h1", "roll-2", VisitPurpose.ReadOnlyOn)]
    public void Work_the_reservation_is_for_free_hosts_and_stops_pass(string host, string rollout, VisitPurpose purpose) => Assert.Null(Refuses(host, rollout, purpose));

    [Fact]
    public void A_suspect_host_may_be_visited_so_that_a_release_can_mend_it()
    {
        _world.At(TimeSpan.FromHours(1));
        _world.Send(new ExpireReservations("r1"), "engine");
        Assert.Null(Refuses("h1", "roll-2"));
    }

    [Fact]
    public void Work_under_a_reservation_passes_with_its_token_and_within_its_lease_only()
    {
        Assert.Null(Refuses("h1", null, token: 1));
        Assert.Equal("fleet.reserved", Refuses("h1", null, token: 2)?.Code);
        Assert.Equal("fleet.reservation-ended", Refuses("h2", null, token: 1)?.Code);
        Assert.Equal("fleet.reservation-too-short", Refuses("h1", null, token: 1, minutes: 31)?.Code);
        _world.At(TimeSpan.FromHours(1));
        _world.Send(new ExpireReservations("r1"), "engine");
        Assert.Equal("fleet.reservation-ended", Refuses("h1", null, token: 1)?.Code);
    }

    private Rejection? Refuses(string host, string? rollout, VisitPurpose purpose = VisitPurpose.Forward, long? token = null, int minutes = 5) =>
        new ReservedHosts().Refuses(
            _world.States.Get<RegionFleet>(FleetStreams.Of("r1")),
            [new("v1", host, purpose, "2", "sha256:2", rollout, TimeSpan.FromMinutes(minutes)) { Reservation = token }],
            new DecisionContext(_world.Start, Actor.Engine, null, _world.States));
}
