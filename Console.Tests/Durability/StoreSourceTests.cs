using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Assurance;
using OpsConsole.Engine.ProvingGround.Gauges;
using OpsConsole.Engine.Rehearsal;
using OpsConsole.Tests.World;
using RedundancyCode = OpsConsole.Domain.Placement.RedundancyCode;

namespace OpsConsole.Tests.Durability;

/// <summary>The ground's map and the simulated fleet, as durability sees them.</summary>
public sealed class StoreSourceTests
{
    private static readonly RedundancyCode Code = RedundancyCode.ReedSolomon(5, 4);
    private static readonly GroundPlan Plan = new("commercial", "local-1", [.. from az in new[] { "local-1a", "local-1b", "local-1c" } from slot in Enumerable.Range(0, 3) select new GroundHost($"{az}-storage-{slot + 1}", GroundRole.Storage, az, slot, 1)]);
    private static readonly PlacementMap Groups = FirstPlacement.Of([.. Plan.Hosts.GroupBy(host => host.Az).Select(az => az.Select(host => host.Id).ToImmutableArray())]);

    [Fact]
    public void Each_placement_group_is_a_set_with_three_shards_in_each_az()
    {
        var placement = GroundSets.Of(Groups, Plan, Code);
        Assert.Null(placement.Fault);
        Assert.Equal(FirstPlacement.Groups, placement.Sets);
        Assert.Equal(9, placement.Hosts.Length);
        Assert.Equal(["local-1a", "local-1b", "local-1c"], placement.Azs.AsEnumerable());
        Assert.All(Enumerable.Range(0, placement.Sets), set => Assert.All(placement.HostsOf(set).ToArray().GroupBy(host => placement.Hosts[host].Az), az => Assert.Equal(3, az.Count())));
        Assert.True(GroundSets.Same(placement, GroundSets.Of(Groups, Plan, Code)));
    }

    [Fact]
    public void A_move_raises_the_epoch_and_a_host_of_no_plan_is_gone()
    {
        var moved = Groups with { Groups = Groups.Groups.SetItem(0, Groups.Groups[0] with { Hosts = Groups.Groups[0].Hosts.SetItem(4, "old-host"), Epoch = 2 }) };
        var placement = GroundSets.Of(moved, Plan, Code);
        Assert.Equal(GroundSets.Of(Groups, Plan, Code).Epoch + 1, placement.Epoch);
        Assert.Equal(1, placement.Hosts.Single(host => host.Id == "old-host").Az);
        Assert.Equal(9, Assert.Single(GroundSets.Gone(placement, Picture(), new RegionFleet("local-1"))));
    }

    [Fact]
    public void Hosts_that_do_not_answer_or_are_in_work_count_as_gone()
    {
        var placement = GroundSets.Of(Groups, Plan, Code);
        var fleet = new RegionFleet("local-1") { Hosts = One("local-1c-storage-1", HostState.InWork).SetItem("local-1c-storage-2", Storage("local-1c-storage-2")) };
        var gone = GroundSets.Gone(placement, Picture(down: "local-1a-storage-2", ill: "local-1b-storage-3"), fleet);
        Assert.Equal(["local-1a-storage-2", "local-1b-storage-3", "local-1c-storage-1"], gone.Select(place => placement.Hosts[place].Id).Order());
        Assert.Equal(9, GroundSets.Gone(placement, null, fleet).Count);
    }

    [Fact]
    public void Integrity_says_whether_mismatches_are_more_than_chance()
    {
        Assert.Equal(1, GroundSets.Integrity(Shards(corrupt: 0)).Mismatches);
        Assert.True(GroundSets.Integrity(Shards(corrupt: 3)).Mismatches < 1e-6);
        Assert.True(GroundSets.Integrity(Shards(corrupt: 0)).ScrubLate);
    }

    [Fact]
    public void The_pace_of_repair_is_the_best_one_seen()
    {
        var clock = new ManualClock();
        var meter = new RepairMeter(clock);
        Assert.Null(meter.Look(100));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(meter.Look(100));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(36_000, meter.Look(120)!.ShardsPerHour, 1e-6);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(36_000, meter.Look(121)!.ShardsPerHour, 1e-6);
    }

    [Fact]
    public void The_simulated_fleet_keeps_its_placement_while_hosts_go_and_come()
    {
        var states = new OneRegion("eu-west-1");
        var source = new SimulatedPlacement(states, new RehearsalFleet(12_000, 5));
        var store = new StoreName("storage", "eu-west-1");
        Assert.Contains(store, source.Stores);
        Assert.Null(source.Now(store));

        states.Put(new RehearsalFleet(12_000, 5).Regions().Single(region => region.Region.Name == "eu-west-1").Hosts);
        var whole = source.Now(store)!;
        Assert.True(whole.Simulated);
        Assert.Null(whole.Placement.Fault);
        Assert.Same(whole, source.Now(store));

        var sick = states.Fleet.Hosts.Values.First(host => host.Role == HostRole.Storage);
        states.Put([.. states.Fleet.Hosts.Values.Select(host => host.Id == sick.Id ? host with { State = HostState.Casualty } : host)]);
        var hurt = source.Now(store)!;
        Assert.Same(whole.Placement, hurt.Placement);
        Assert.Equal(sick.Id, hurt.Placement.Hosts[Assert.Single(hurt.Gone)].Id);
        Assert.All(Enumerable.Range(0, hurt.Placement.Sets), set => Assert.All(
            hurt.Placement.HostsOf(set).ToArray().Select(host => hurt.Placement.Hosts[host]).GroupBy(host => host.Az),
            az => Assert.Equal(3, az.Select(host => host.Class).Distinct().Count())));
    }

    private static GroundPicture Picture(string? down = null, string? ill = null) =>
        new(DateTimeOffset.UnixEpoch, "local-1", new Uri("http://127.0.0.1:1"), true, [.. Plan.Hosts.Select(host => new HostPicture(host.Id, host.Role, host.Az, false, host.Id == down ? null : 7, null, host.Id == ill ? "does not answer" : null))], null);

    private static ShardsPicture Shards(long corrupt) => new(9, 9, [0, 0, 0, 0, 2, 40], 2, 3, 0, corrupt, 400, 1, 90) { ScrubDone = 0.4, ScrubBoundSeconds = 60 };

    private static HostDictionary<Host> One(string id, HostState state) => HostDictionary<Host>.Empty.SetItem(id, Storage(id) with { State = state });

    private static Host Storage(string id) => new(id, "commercial", "local-1", id[..8], "r1", HostRole.Storage, "storage", "t", 0, HostDriver.ProvingGround);

    private sealed class OneRegion(string region) : IStates
    {
        private long _version;

        public RegionFleet Fleet { get; private set; } = new(region);

        public void Put(ImmutableArray<Host> hosts) => (Fleet, _version) = (Fleet with { Partition = "commercial", Hosts = hosts.Aggregate(HostDictionary<Host>.Empty.ToBuilder(), (all, host) => { all[host.Id] = host; return all; }).ToImmutable() }, _version + 1);

        public TState Get<TState>(StreamId stream)
            where TState : class => (TState)(object)Fleet;

        public long VersionOf(StreamId stream) => _version;

        public IReadOnlyList<StreamState<TState>> All<TState>(string family)
            where TState : class => [];
    }
}
