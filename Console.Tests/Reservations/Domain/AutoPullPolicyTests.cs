using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;
using OpsConsole.Web.Reservations;

namespace OpsConsole.Tests.Reservations;

/// <summary>The limits of automatic pulls: set with the region's policy, with defaults where it says nothing.</summary>
public sealed class AutoPullPolicyTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"autoPull": null}""")]
    [InlineData("""{"autoPull": {}}""")]
    public void A_policy_that_says_nothing_of_them_has_the_defaults(string json) =>
        Assert.Equal(new AutoPullPolicy(), JsonSerializer.Deserialize<ReservationPolicy>(json, EventTypes.Json)!.AutoPull);

    [Theory]
    [InlineData("""{"casualties": 0}""", false)]
    [InlineData("""{"casualties": 1001}""", false)]
    [InlineData("""{"casualtyWindow": "00:00:59"}""", false)]
    [InlineData("""{"slackFloor": 16}""", false)]
    [InlineData("""{"ninesFloor": 0}""", false)]
    [InlineData("""{"floorFor": "01:00:01"}""", false)]
    [InlineData("""{"placementStale": "00:00:00"}""", false)]
    [InlineData("""{"casualties": 5, "slackFloor": 2, "ninesFloor": 9.5, "placementStale": "00:10:00"}""", true)]
    public async Task Limits_are_limited(string json, bool taken)
    {
        var states = new StreamStates([new StreamFamily<RegionReservations>(ReservationStreams.Family, regional: true, new ReservationDecider(new OneAuthority(new StatelessAuthority())))]);
        var policy = new ReservationPolicy { AutoPull = JsonSerializer.Deserialize<AutoPullPolicy>(json, EventTypes.Json)! };
        var answer = await new CommandPath(new MemoryJournal(), states, [], new ManualClock()).SendAsync(new(new SetReservationPolicy("r1", policy), Actor.Engine, "because"));
        Assert.Equal(taken ? null : "reservation.policy", answer.Rejection?.Code);
        Assert.Equal(taken ? policy.AutoPull : new(), states.Get<RegionReservations>(ReservationStreams.Of("r1")).Policy.AutoPull);
    }

    [Fact]
    public void The_page_says_each_limit_and_which_never_pull()
    {
        var lines = ReservationsModel.AutoPulls(new() { PlacementMaxAge = TimeSpan.FromMinutes(20), AutoPull = new() { Casualties = null } }).Select(line => line.Limit);
        Assert.Equal(["never pulls", "a set with fewer than 1 for 30 s", "never pulls", "over 20 min"], lines);
    }
}
