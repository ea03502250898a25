using System.Text;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Tests.Reservations;

/// <summary>A service's budget, read from its file and asked about a small fleet.</summary>
public sealed class BudgetAuthorityTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private static readonly Host[] Hosts = [.. Enumerable.Range(0, 9).Select(n => new Host($"h{n}", "p", "r1", $"r1{"abc"[n % 3]}", $"k{n}", HostRole.Web, "api", "m1", n, HostDriver.Agent))];

    [Fact]
    public void What_serves_in_the_region_counts_and_a_charged_host_does_not()
    {
        var budget = Read("""{"minAvailable": "70%"}""");
        var fleet = Fleet(Hosts);
        var held = new RegionReservations("r1");
        Assert.Equal(2, budget.Ask(new(held, fleet, fleet.Hosts["h0"], SafetyTier.Maintenance, Now)).Slack);

        held = Charge(Charge(held, "h0"), "h1");
        var refused = budget.Ask(new(held, fleet, fleet.Hosts["h2"], SafetyTier.Maintenance, Now));
        Assert.Equal("h0,h1", string.Join(",", refused.Objection!.Blocking.Order()));
        Assert.False(refused.Objection.Never);
        Assert.Null(budget.Ask(new(held, fleet, fleet.Hosts["h1"], SafetyTier.Maintenance, Now)).Objection);
    }

    [Fact]
    public void A_sick_host_may_go_while_the_others_are_enough()
    {
        var fleet = Fleet([Hosts[0] with { State = HostState.Casualty }, .. Hosts[1..]]);
        var held = new RegionReservations("r1");
        Assert.Null(Read("""{"maxUnavailable": 1}""").Ask(new(held, fleet, fleet.Hosts["h0"], SafetyTier.Maintenance, Now)).Objection);
        Assert.NotNull(Read("""{"maxUnavailable": 1}""").Ask(new(held, fleet, fleet.Hosts["h1"], SafetyTier.Maintenance, Now)).Objection);
        Assert.NotNull(Read("""{"minAvailable": 9}""").Ask(new(held, fleet, fleet.Hosts["h0"], SafetyTier.Maintenance, Now)).Objection);
        Assert.Null(Read("""{"minAvailable": 9, "unhealthy": "always-allow"}""").Ask(new(held, fleet, fleet.Hosts["h0"], SafetyTier.Maintenance, Now)).Objection);
    }

    [Fact]
    public void A_budget_can_be_kept_in_each_az_and_one_that_leaves_no_room_says_so()
    {
        var fleet = Fleet(Hosts);
        var held = Charge(new RegionReservations("r1"), "h0");
        var perAz = Read("""{"maxUnavailable": 1, "per": "az"}""");
        Assert.NotNull(perAz.Ask(new(held, fleet, fleet.Hosts["h3"], SafetyTier.Maintenance, Now)).Objection);
        Assert.Null(perAz.Ask(new(held, fleet, fleet.Hosts["h1"], SafetyTier.Maintenance, Now)).Objection);
        Assert.True(Read("""{"minAvailable": "100%"}""").Ask(new(held, fleet, fleet.Hosts["h1"], SafetyTier.Maintenance, Now)).Objection!.Never);
    }

    [Theory]
    [InlineData("{}", "either")]
    [InlineData("""{"minAvailable": 1, "maxUnavailable": 1}""", "either")]
    [InlineData("""{"minAvailable": "34"}""", "whole number")]
    [InlineData("""{"minAvailable": "101%"}""", "whole number")]
    [InlineData("""{"minAvailable": -1}""", "whole number")]
    [InlineData("""{"minAvailable": 1, "per": "rack"}""", "per must be")]
    [InlineData("""{"minAvailable": 1, "unhealthy": "never"}""", "unhealthy must be")]
    [InlineData("""{"minAvailable": 1, "spare": 1}""", "spare")]
    [InlineData("{", "not JSON")]
    public void A_file_that_cannot_be_used_says_why(string text, string says) =>
        Assert.Contains(says, BudgetFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "api").Problem, StringComparison.Ordinal);

    private static BudgetAuthority Read(string text) => BudgetFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "api").Authority!;

    private static RegionFleet Fleet(Host[] hosts) => new("r1") { Hosts = HostDictionary<Host>.Of(hosts, host => host.Id) };

    private static RegionReservations Charge(RegionReservations held, string host) =>
        ReservationFold.Apply(held, new ReservationsGranted($"q-{host}", new(WorkerKind.Human, "person:ada", null), [new(ActivityKind.OsPatch)], "because", null, null, Now.AddHours(1), 0, [new(host, Hosts[0].Az[..2] + "abc"[(host[1] - '0') % 3], "k", "m1", "api", 1, 1, null)], null), Now);
}
