using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.World;

/// <summary>A few simulated regions, placed by the command everyone uses.</summary>
internal static class SmallFleet
{
    public static readonly Actor Root = Actor.Person("root", Role.Admin);

    public static readonly ImmutableArray<(string Partition, string Region)> Regions =
    [
        ("commercial", "us-east-1"), ("commercial", "us-east-2"), ("commercial", "us-west-2"), ("commercial", "eu-west-1"), ("commercial", "eu-central-1"), ("commercial", "ap-northeast-1"),
        ("china", "cn-north-1"), ("govcloud", "us-gov-west-1"),
    ];

    public static async Task PlaceAsync(ICommands commands, int perAz = 12)
    {
        foreach (var (partition, region) in Regions)
        {
            var hosts = HostsOf(partition, region, perAz);
            var placed = await commands.SendAsync(new(new PlaceHosts(region, partition, hosts, []), Root, "a fleet to look at"));
            Assert.Null(placed.Rejection);
        }
    }

    public static ImmutableArray<Host> HostsOf(string partition, string region, int perAz) =>
    [
        .. from az in "abc"
           from i in Enumerable.Range(0, perAz)
           let role = i % 3 == 0 ? HostRole.Storage : HostRole.Web
           select new Host($"{region}{az}-{i:00000}", partition, region, region + az, $"r{i / 8:00}", role, role.ToString().ToLowerInvariant(), role == HostRole.Web ? "web.large" : "dense.2x", i % 5, HostDriver.Simulated) { Release = i % 4 == 0 ? "2026.11.2" : "2026.11.1" },
    ];

    /// <summary>Begins visits on the first hosts of one AZ and fails one of them, so that there is something to see.</summary>
    public static async Task ChangeAsync(ICommands commands, string region, int hosts)
    {
        var orders = Enumerable.Range(1, hosts).Select(i => new VisitOrder($"v-{region}-{i}", $"{region}a-{i:00000}", VisitPurpose.Forward, "2026.11.3", "sha256:" + new string('a', 64), "web-7", TimeSpan.FromHours(1))).ToImmutableArray();
        Assert.Null((await commands.SendAsync(new(new BeginVisits(region, orders, 0), Actor.Engine, Cause: "tick"))).Rejection);
        var reports = orders.Take(hosts / 2).Select((order, i) => new StepReport(order.Host, $"{order.Id}/Drain", 1, i > 0, "2026.11.1", i > 0 ? null : "3 connections stayed open for 60 s")).ToImmutableArray();
        Assert.Null((await commands.SendAsync(new(new ReportSteps(region, reports), Actor.Engine, Cause: "driver"))).Rejection);
    }
}
