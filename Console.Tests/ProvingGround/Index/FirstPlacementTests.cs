using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class FirstPlacementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_az_holds_three_positions_of_every_group_and_its_hosts_share_them_evenly(int hostsPerAz)
    {
        var map = FirstPlacement.Of([.. "abc".Select(az => Enumerable.Range(1, hostsPerAz).Select(n => $"{az}{n}").ToImmutableArray())]);
        Assert.True(map.IsWhole);
        Assert.All(map.Groups, group => Assert.All(Enumerable.Range(0, PlacementMap.Positions), position => Assert.Equal("abc"[position % 3], group.Hosts[position][0])));
        Assert.All(map.Groups, group => Assert.Equal(3 * Math.Min(3, hostsPerAz), group.Hosts.Distinct().Count()));
        var held = map.Groups.SelectMany(group => group.Hosts).CountBy(host => host).Select(pair => pair.Value).ToArray();
        Assert.Equal(3 * hostsPerAz, held.Length);
        Assert.True(held.Max() - held.Min() <= 3, $"{held.Min()} to {held.Max()}");
    }

    [Fact]
    public void An_az_without_storage_hosts_is_no_ground_for_a_placement() => Assert.Throws<ArgumentException>(() => FirstPlacement.Of([["a"], ["b"], []]));
}
