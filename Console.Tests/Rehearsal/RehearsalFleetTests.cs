using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rehearsal;

namespace OpsConsole.Tests.Rehearsal;

public sealed class RehearsalFleetTests
{
    private static readonly Host[] Hosts = [.. new RehearsalFleet(RehearsalFleet.DefaultHosts, 1).Regions().SelectMany(region => region.Hosts)];

    [Fact]
    public void The_default_has_5_partitions_39_regions_117_azs_and_12000_hosts_all_simulated()
    {
        Assert.Equal(12_000, Hosts.Length);
        Assert.Equal(["china", "commercial", "dedicated", "govcloud", "sovereign"], Hosts.Select(host => host.Partition).Distinct().Order());
        Assert.Equal(39, Hosts.Select(host => host.Region).Distinct().Count());
        Assert.Equal(117, Hosts.Select(host => host.Az).Distinct().Count());
        Assert.Equal(12_000, Hosts.Select(host => host.Id).Distinct().Count());
        Assert.All(Hosts, host => Assert.True(host.Simulated));
        Assert.All(Hosts, host => Assert.Empty(HostRules.Check(host)));
    }

    [Fact]
    public void Us_east_1_is_the_largest_region_and_eu_north_1_a_small_one()
    {
        var sizes = Hosts.CountBy(host => host.Region).OrderByDescending(region => region.Value).Select(region => region.Key).ToArray();

        Assert.Equal("us-east-1", sizes[0]);
        Assert.True(Array.IndexOf(sizes, "eu-north-1") > 30);
    }

    [Fact]
    public void Every_az_has_every_role_and_every_region_one_web_validator()
    {
        Assert.All(Hosts.GroupBy(host => host.Az), az => Assert.Equal(3, az.Select(host => host.Role).Distinct().Count()));
        Assert.All(Hosts.GroupBy(host => host.Region), region => Assert.Equal(HostRole.Web, Assert.Single(region, host => host.Validator).Role));
        Assert.All(Hosts, host => Assert.Equal(host.Role.ToString().ToLowerInvariant(), host.Service));
    }

    [Theory]
    [InlineData(585)]
    [InlineData(100_003)]
    [InlineData(1_000_000)]
    public void Any_size_is_met_exactly_and_no_region_passes_its_bound(int size)
    {
        var counts = new RehearsalFleet(size, 1).Regions().Select(region => region.Hosts.Length).ToArray();

        Assert.Equal(size, counts.Sum());
        Assert.True(counts.Max() <= RegionFleet.MostHosts);
    }

    [Fact]
    public void The_same_seed_makes_the_same_fleet_and_another_makes_another()
    {
        Assert.Equal(Hosts, new RehearsalFleet(12_000, 1).Regions().SelectMany(region => region.Hosts));
        Assert.NotEqual(Hosts, new RehearsalFleet(12_000, 2).Regions().SelectMany(region => region.Hosts));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RehearsalFleet(10, 1).Regions().First());
    }
}
