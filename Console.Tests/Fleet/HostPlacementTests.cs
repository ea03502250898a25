using OpsConsole.Domain.Fleet;

namespace OpsConsole.Tests.Fleet;

public sealed class HostPlacementTests
{
    private readonly FleetWorld _world = new();

    [Fact]
    public async Task Placing_the_same_hosts_again_changes_nothing()
    {
        await _world.PlaceAsync(FleetWorld.HostOf("h1"), FleetWorld.HostOf("h2", "r1b"));
        await _world.PlaceAsync(FleetWorld.HostOf("h1"), FleetWorld.HostOf("h2", "r1b"));

        Assert.Single(_world.Journal.Events);
        Assert.Equal(2, _world.Fleet.Hosts.Count);
        Assert.Equal(["r1a", "r1b"], _world.Fleet.Azs.Keys);
    }

    [Fact]
    public async Task A_new_fleet_file_keeps_what_only_the_host_can_say()
    {
        await _world.PlaceAsync(FleetWorld.HostOf("h1"));
        await _world.BeginAsync("h1");
        await _world.FinishAsync("h1");
        await _world.PlaceAsync(FleetWorld.HostOf("h1") with { InstanceType = "m2", Release = "v0", Token = 99 });

        var host = _world.Fleet.Hosts["h1"];
        Assert.Equal(("m2", "v2", 1L, HostState.InService), (host.InstanceType, host.Release, host.Token, host.State));
    }

    [Fact]
    public async Task A_host_that_comes_back_goes_on_with_higher_tokens()
    {
        await _world.PlaceAsync(FleetWorld.HostOf("h1"), FleetWorld.HostOf("h2"));
        await _world.BeginAsync("h1");
        await _world.FinishAsync("h1");
        await _world.SendAsync(new PlaceHosts("r1", "p1", [], ["h1"]));
        await _world.PlaceAsync(FleetWorld.HostOf("h1"));
        await _world.BeginAsync("h1", id: "later");

        Assert.Equal(2, _world.Fleet.Visits["h1"].Token);
    }

    [Theory]
    [InlineData("id", "fleet.host-field")]
    [InlineData("long", "fleet.host-field")]
    [InlineData("rack", "fleet.host-field")]
    [InlineData("class", "fleet.host-field")]
    [InlineData("region", "fleet.other-region")]
    [InlineData("twice", "fleet.host-twice")]
    public async Task Bad_hosts_are_refused_and_nothing_changes(string what, string code)
    {
        var good = FleetWorld.HostOf("h1");
        Host[] hosts = what switch
        {
            "id" => [good, good with { Id = "a/b" }],
            "long" => [good, good with { Id = new string('h', 65) }],
            "rack" => [good, FleetWorld.HostOf("h2") with { Rack = "" }],
            "class" => [good, FleetWorld.HostOf("h2") with { PositionClass = -1 }],
            "region" => [good, FleetWorld.HostOf("h2", "r2a", "r2")],
            _ => [good, good with { InstanceType = "m9" }],
        };

        Assert.Equal(code, (await _world.PlaceAsync(hosts)).Rejection?.Code);
        Assert.Empty(_world.Fleet.Hosts);
    }

    [Fact]
    public async Task Names_are_unique_in_the_whole_fleet()
    {
        await _world.PlaceAsync(FleetWorld.HostOf("h1"));

        Assert.Equal("fleet.az-elsewhere", (await _world.PlaceAsync(FleetWorld.HostOf("h9", "r1a", "r2"))).Rejection?.Code);
        Assert.Equal("fleet.host-elsewhere", (await _world.PlaceAsync(FleetWorld.HostOf("h1", "r2a", "r2"))).Rejection?.Code);
        Assert.Equal("fleet.region-partition", (await _world.PlaceAsync(FleetWorld.HostOf("h2") with { Partition = "p2" })).Rejection?.Code);
        Assert.True((await _world.PlaceAsync(FleetWorld.HostOf("h1") with { Partition = "p2" })).Accepted);
    }

    [Fact]
    public async Task A_host_in_work_is_neither_moved_nor_taken_out()
    {
        await _world.PlaceAsync(FleetWorld.HostOf("h1"), FleetWorld.HostOf("h2"));
        await _world.BeginAsync("h1");

        Assert.Equal("fleet.host-in-work", (await _world.PlaceAsync(FleetWorld.HostOf("h1", "r1b"))).Rejection?.Code);
        Assert.Equal("fleet.host-in-work", (await _world.SendAsync(new PlaceHosts("r1", "p1", [], ["h1"]))).Rejection?.Code);
        Assert.True((await _world.SendAsync(new PlaceHosts("r1", "p1", [FleetWorld.HostOf("h1") with { InstanceType = "m3" }], ["h2"]))).Accepted);
    }

    [Fact]
    public async Task A_region_holds_a_stated_number_of_hosts()
    {
        var hosts = Enumerable.Range(0, RegionFleet.MostHosts).Select(i => FleetWorld.HostOf($"h{i}")).ToArray();

        Assert.True((await _world.PlaceAsync(hosts)).Accepted);
        Assert.Equal("fleet.too-many-hosts", (await _world.PlaceAsync(FleetWorld.HostOf("one-more"))).Rejection?.Code);
        Assert.True(_world.Fleet.Simulated);
        await _world.SendAsync(new PlaceHosts("r1", "p1", [FleetWorld.HostOf("real", driver: HostDriver.Agent)], ["h0"]));
        Assert.False(_world.Fleet.Simulated);
    }
}
