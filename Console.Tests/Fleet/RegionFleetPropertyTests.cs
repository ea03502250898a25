using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Fleet;

public sealed class RegionFleetPropertyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_sent_the_indexes_equal_the_hosts_and_visits(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var world = new FleetWorld();
        await world.PlaceAsync([.. Enumerable.Range(0, 12).Select(i => FleetWorld.HostOf($"h{i}", $"r1{"abc"[i % 3]}"))]);
        for (var i = 0; i < 600; i++)
        {
            var tokens = world.Fleet.Hosts.ToDictionary(pair => pair.Key, pair => pair.Value.Token);
            await world.SendAsync(Next(random, world.Fleet, i));
            world.Clock.Advance(TimeSpan.FromSeconds(random.Next(30)));
            HoldsTogether(world.Fleet);
            Assert.All(world.Fleet.Hosts.Values, host => Assert.True(host.Token >= tokens.GetValueOrDefault(host.Id)));
        }

        RoundTrips(world.Fleet);
        var again = new FleetWorld(world.Journal);
        await again.Path.LoadAsync(CancellationToken.None);
        Same(world.Fleet, again.Fleet);
    }

    private static ICommand Next(Random random, RegionFleet fleet, int i)
    {
        var host = $"h{random.Next(14)}";
        var visit = fleet.Visits.GetValueOrDefault(host);
        return random.Next(10) switch
        {
            0 => new PlaceHosts("r1", "p1", [FleetWorld.HostOf(host, $"r1{"abc"[random.Next(3)]}", driver: (HostDriver)random.Next(3))], []),
            1 => new PlaceHosts("r1", "p1", [], [host]),
            2 => new ExpireVisits("r1"),
            3 => new CancelVisits("r1", visit is null ? [] : [visit.Id], "stopped"),
            4 or 5 => new BeginVisits("r1", [FleetWorld.Order(host, (VisitPurpose)random.Next(4), $"v{i}")], 0),
            _ => new ReportSteps("r1", [.. fleet.ActiveVisits.Select(active => new StepReport(active.Host, active.CommandId, active.Token - (random.Next(8) == 0 ? 1 : 0), random.Next(12) > 0, random.Next(20) == 0 ? null : "v2", null))]),
        };
    }

    private static void HoldsTogether(RegionFleet fleet)
    {
        var active = fleet.Visits.Values.Where(visit => visit.Status == VisitStatus.Active).ToArray();
        var expected = active.GroupBy(visit => fleet.Hosts[visit.Host].Az).ToDictionary(az => az.Key, az => az.Select(visit => visit.Host).ToHashSet());
        Assert.Equal(expected.Keys.Order(), fleet.Active.Keys.Order());
        Assert.All(expected, az => Assert.True(fleet.Active[az.Key].SetEquals(az.Value)));
        Assert.True(active.Where(visit => visit.Purpose is VisitPurpose.Forward or VisitPurpose.Rollback).Select(visit => fleet.Hosts[visit.Host].Az).Distinct().Count() <= 1, "more than one AZ in work");
        Assert.Equal(fleet.Hosts.Values.GroupBy(host => host.Az).ToDictionary(az => az.Key, az => az.Count()).OrderBy(az => az.Key), fleet.Azs);
        Assert.Equal(fleet.Hosts.Values.Count(host => !host.Simulated), fleet.RealHosts);
        Assert.All(active, visit => Assert.Equal(fleet.Hosts[visit.Host].Token, visit.Token));
    }

    private static void RoundTrips(RegionFleet fleet) =>
        Same(fleet, JsonSerializer.Deserialize<RegionFleet>(JsonSerializer.SerializeToUtf8Bytes(fleet, EventTypes.Json), EventTypes.Json)!);

    private static void Same(RegionFleet one, RegionFleet other)
    {
        Assert.Equal(one.Hosts.OrderBy(pair => pair.Key, StringComparer.Ordinal), other.Hosts.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(one.Visits.OrderBy(pair => pair.Key, StringComparer.Ordinal), other.Visits.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(one.Azs, other.Azs);
        Assert.Equal((one.Region, one.Partition, one.RealHosts, one.TokenFloor), (other.Region, other.Partition, other.RealHosts, other.TokenFloor));
        Assert.Equal(one.Active.Keys.Order(), other.Active.Keys.Order());
        Assert.All(one.Active, az => Assert.True(az.Value.SetEquals(other.Active[az.Key])));
    }
}
