using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Tests.ProvingGround.Blobs;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Repair;

/// <summary>Whatever is lost is found and rebuilt, whoever of the hosts is left to do it.</summary>
public sealed class RepairWorkerTests
{
    private const int Groups = 5;
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Lost_shards_are_found_by_inventory_and_rebuilt()
    {
        var fleet = await FilledAsync(40);
        var whole = Snapshot(fleet);
        foreach (var name in fleet["b2"].Kept.Keys.ToArray())
        {
            fleet["b2"].Kept.TryRemove(name, out _);
        }

        var workers = Workers(fleet);
        await TickAsync(workers);
        Assert.Equal(40, workers.Sum(worker => worker.Stats.BySlack[4]));
        await TickAsync(workers);
        Assert.Equal(whole, Snapshot(fleet));
        Assert.Equal(40, workers.Sum(worker => worker.Stats.Repaired));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await TickAsync(workers);
        Assert.Equal(40, workers.Sum(worker => worker.Stats.BySlack[5]));
        Assert.Equal(0, workers.Sum(worker => worker.Stats.Queue));
    }

    [Fact]
    public async Task A_reported_corrupt_shard_is_rebuilt_also_where_the_report_came_before_its_name()
    {
        var fleet = await FilledAsync(6);
        var extent = await AnyAsync(fleet);
        var name = new ShardName(extent.Blob, 4);
        var host = fleet.At(extent.Group, 4);
        var before = host.Kept[name].Bytes.ToArray();
        host.Damage(name);
        var early = (await fleet.Store().WriteAsync(new byte[500], default)).Single();
        var earlyName = new ShardName(early.Blob, 8);
        var earlyHost = fleet.At(early.Group, 8);
        var earlyBefore = earlyHost.Kept[earlyName].Bytes.ToArray();
        earlyHost.Damage(earlyName);

        var worker = Workers(fleet)[0];
        worker.Report(name, extent.Group);
        worker.Report(earlyName, early.Group);
        await worker.TickAsync(default);
        Assert.Equal(before, host.Kept[name].Bytes.ToArray());
        fleet.Index.Name(early);
        await worker.TickAsync(default);
        Assert.Equal(earlyBefore, earlyHost.Kept[earlyName].Bytes.ToArray());
    }

    [Fact]
    public async Task Each_group_is_kept_by_one_host_and_taken_over_by_the_next_that_answers()
    {
        var fleet = await FilledAsync(10);
        var workers = Workers(fleet);
        await TickAsync(workers);
        Assert.Equal(Groups, workers.Sum(worker => worker.Stats.Groups));
        Assert.Equal(10, workers.Sum(worker => worker.Stats.BySlack.Sum()));
        foreach (var host in fleet.Az('a'))
        {
            host.Down = true;
        }

        var left = workers.Where((_, number) => fleet.Hosts.Values.ElementAt(number).Host[0] != 'a').ToList();
        await TickAsync(left);
        Assert.Equal(Groups, left.Sum(worker => worker.Stats.Groups));
        Assert.Equal(10, left.Sum(worker => worker.Stats.BySlack[2]));
    }

    [Fact]
    public async Task A_host_that_stays_away_is_waited_for_and_then_replaced_within_its_az()
    {
        var fleet = await FilledAsync(20, hostsPerAz: 4);
        var workers = Workers(fleet);
        await TickAsync(workers);
        fleet["c1"].Down = true;
        var held = fleet.Index.Map.Groups.Count(group => group.Hosts.Contains("c1"));
        Assert.True(held > 0);
        for (var minute = 0; minute < 14; minute++)
        {
            await TickAsync(workers);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(held, fleet.Index.Map.Groups.Count(group => group.Hosts.Contains("c1")));
        for (var minute = 0; minute < 4; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await TickAsync(workers);
        }

        Assert.DoesNotContain(fleet.Index.Map.Groups, group => group.Hosts.Contains("c1"));
        Assert.All(fleet.Index.Map.Groups, group => Assert.All(Enumerable.Range(0, 9), position => Assert.Equal("abc"[position % 3], group.Hosts[position][0])));
        await TickAsync(workers);
        await AssertWholeAsync(fleet);
    }

    [Fact]
    public async Task Without_slack_nothing_is_waited_for()
    {
        var fleet = await FilledAsync(10, hostsPerAz: 4);
        var workers = Workers(fleet);
        var group = fleet.Index.Map.Groups[0];
        string[] gone = [group.Hosts[3], group.Hosts[4], group.Hosts[5], group.Hosts[8]];
        Assert.All(gone, host => fleet[host].Down = true);
        await TickAsync(workers);
        _clock.Advance(TimeSpan.FromSeconds(11));
        await TickAsync(workers);
        await TickAsync(workers);
        Assert.NotEqual(group.Epoch, fleet.Index.Map.Groups[0].Epoch);
        for (var round = 0; round < 8; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await TickAsync(workers);
        }

        Assert.DoesNotContain(fleet.Index.Map.Groups[0].Hosts.Where((_, position) => position is 3 or 4), gone.Contains);
        Assert.True(RepairItem.SlackOf(MissingOf(fleet, 0)) >= 1);
    }

    private static async Task<Extent> AnyAsync(FakeFleet fleet)
    {
        var page = await fleet.Index.ExtentsAsync(0, Guid.Empty, 1, default);
        for (var group = 1; page.Extents.IsEmpty; group++)
        {
            page = await fleet.Index.ExtentsAsync(group, Guid.Empty, 1, default);
        }

        return page.Extents[0];
    }

    private static uint MissingOf(FakeFleet fleet, int group) =>
        Enumerable.Range(0, 9).Aggregate(0u, (missing, position) => fleet.At(group, position).Down ? missing | 1u << position : missing);

    private static async Task TickAsync(IEnumerable<RepairWorker> workers)
    {
        foreach (var worker in workers)
        {
            await worker.TickAsync(default);
        }
    }

    private static async Task<FakeFleet> FilledAsync(int extents, int hostsPerAz = 3)
    {
        var fleet = new FakeFleet(Groups, hostsPerAz);
        var store = fleet.Store();
        for (var number = 0; number < extents; number++)
        {
            var content = new byte[100 + number];
            new Random(number).NextBytes(content);
            fleet.Index.Name((await store.WriteAsync(content, default)).Single());
        }

        return fleet;
    }

    private static string[] Snapshot(FakeFleet fleet) =>
        [.. fleet.Hosts.Values.SelectMany(host => host.Kept.Select(kept => $"{host.Host} {kept.Key} {Convert.ToHexString(kept.Value.Bytes.Span)}")).Order(StringComparer.Ordinal)];

    private static async Task AssertWholeAsync(FakeFleet fleet)
    {
        foreach (var group in fleet.Index.Map.Groups)
        {
            foreach (var extent in (await fleet.Index.ExtentsAsync(group.Number, Guid.Empty, 1_000, default)).Extents)
            {
                Assert.All(Enumerable.Range(0, PlacementMap.Positions), position => Assert.True(fleet[group.Hosts[position]].Kept.ContainsKey(new ShardName(extent.Blob, position)), $"{extent.Blob} position {position}"));
            }
        }
    }

    private List<RepairWorker> Workers(FakeFleet fleet) =>
        [.. fleet.Hosts.Keys.Select(host => new RepairWorker(host, fleet.Index, fleet.Find, () => fleet.Homes, new RepairPolicy(), _clock))];
}
