using OpsConsole.Domain.Reservations;

namespace OpsConsole.Tests.Reservations;

/// <summary>What the fleet is told of reservations before a visit begins.</summary>
public sealed class HoldsTests
{
    private readonly LeaseWorld _world = new();
    private readonly HostHolds _holds = new();

    public HoldsTests() => _world.Send(LeaseWorld.Ask("q1", "h1") with { OnBehalfOf = "roll-1" });

    [Fact]
    public void Somebody_elses_host_is_held_with_who_since_and_until()
    {
        var hold = _holds.On(_world.States, "r1", "h1", "roll-2");
        Assert.Equal(("person:ada", _world.Start, _world.Start.AddMinutes(30)), (hold?.Holder, hold?.Since, hold?.Until));
        Assert.NotNull(_holds.On(_world.States, "r1", "h1", null));
    }

    [Theory]
    [InlineData("h1", "roll-1")]
    [InlineData("h2", "roll-2")]
    public void Work_the_reservation_is_for_and_free_hosts_pass(string host, string rollout) => Assert.Null(_holds.On(_world.States, "r1", host, rollout));

    [Fact]
    public void A_suspect_host_may_be_visited_so_that_a_release_can_mend_it()
    {
        _world.At(TimeSpan.FromHours(1));
        _world.Send(new ExpireReservations("r1"), "engine");
        Assert.Null(_holds.On(_world.States, "r1", "h1", "roll-2"));
    }
}
