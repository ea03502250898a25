using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Tests.Fleet;

public sealed class FleetTallyTests
{
    private const int Steps = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_to_hosts_the_counts_are_those_of_counting_anew(int seed)
    {
        var (world, random) = (new FleetWorld(), new Random(seed));
        await world.PlaceAsync([.. Enumerable.Range(0, 12).Select(n => HostOf(n, random))]);
        for (var step = 0; step < Steps; step++)
        {
            await SomethingAsync(world, random);
            var fleet = world.Fleet;
            Assert.True(fleet.Tally.Same(FleetTally.Of(fleet.Hosts.Values)), $"seed {seed}, step {step}");
            Assert.Equal(fleet.Hosts.Keys.Order(StringComparer.Ordinal), fleet.Hosts.Keys);
            Assert.Equal(
                fleet.ActiveVisits.GroupBy(visit => visit.Rollout!).Select(rollout => (rollout.Key, rollout.Count())).Order(),
                fleet.Working.Select(rollout => (rollout.Key, rollout.Value)).Order());
        }
    }

    [Fact]
    public void Capacity_leaves_validators_out_and_counts_what_serves()
    {
        var host = FleetWorld.HostOf("h1");
        var tally = FleetTally.Of([host, FleetWorld.HostOf("h2") with { State = HostState.ReadOnly }, FleetWorld.HostOf("h3") with { State = HostState.Casualty }, FleetWorld.HostOf("v") with { Validator = true }]);

        Assert.Equal((3, 1), tally.Capacity("r1a", "web"));
        Assert.Equal((0, 0), tally.Capacity("r1b", "web"));
        Assert.True(tally.ServesAnother("web", "v2"));
        Assert.False(FleetTally.Of([host with { Release = "v2" }]).ServesAnother("web", "v2"));
        Assert.False(tally.ServesAnother("index", "v2"));
    }

    private static Host HostOf(int n, Random random) =>
        FleetWorld.HostOf($"h{n}", $"r1{"abc"[n % 3]}") with { Validator = random.Next(6) == 0, Service = random.Next(4) == 0 ? "index" : "web", Release = random.Next(2) == 0 ? "v1" : null };

    private static Task SomethingAsync(FleetWorld world, Random random)
    {
        var fleet = world.Fleet;
        var hosts = fleet.Hosts.Keys.Order(StringComparer.Ordinal).ToArray();
        var host = hosts.Length == 0 ? "h0" : hosts[random.Next(hosts.Length)];
        var active = fleet.ActiveVisits.OrderBy(visit => visit.Host, StringComparer.Ordinal).ToArray();
        switch (random.Next(10))
        {
            case 0:
                return world.PlaceAsync(HostOf(random.Next(15), random));
            case 1 when hosts.Length > 6:
                return world.SendAsync(new PlaceHosts("r1", "p1", [], [host]));
            case 2:
                return world.SendAsync(new CancelVisits("r1", [.. active.Take(1).Select(visit => visit.Id)], "because"));
            case 3:
                world.Clock.Advance(TimeSpan.FromMinutes(4));
                return world.SendAsync(new ExpireVisits("r1"));
            case 4 or 5 or 6:
                var purpose = (VisitPurpose)random.Next(4);
                ImmutableArray<VisitOrder> orders = [FleetWorld.Order(host, purpose, $"x{random.Next(1_000_000)}/{host}") with { Rollout = random.Next(2) == 0 ? "x" : "y" }];
                return world.SendAsync(new BeginVisits("r1", orders, 0));
            default:
                return active.Length == 0 ? Task.CompletedTask : world.ReportAsync(active[random.Next(active.Length)].Host, random.Next(5) > 0);
        }
    }
}
