using OpsConsole.Domain.FleetUpdate.Waves;
using OpsConsole.Domain.Placement;
using Xunit.Abstractions;

namespace OpsConsole.Tests.FleetUpdate.Waves;

/// <summary>What placement does to the number of waves, and that no wave ever breaks a set.</summary>
public sealed class WavePlannerTests(ITestOutputHelper output)
{
    private static readonly SlackTable AnyAz = new(RedundancyCode.ReedSolomon(5, 4), [new(true, 0)]);

    [Theory]
    [InlineData(PlacementKind.Classes)]
    [InlineData(PlacementKind.Copysets)]
    [InlineData(PlacementKind.Random)]
    public void Every_host_goes_once_and_no_wave_breaks_a_set(PlacementKind kind)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var world = 0; world < 40; world++)
        {
            var counters = new SetCounters(new GeneratedPlacement(random.Next(50, 400), random.Next(1, 20), 3, kind, random.Next()).Make(), AnyAz);
            for (var failed = random.Next(3); failed > 0; failed--)
            {
                counters.Charge(random.Next(counters.Map.Hosts));
            }

            var limits = new WaveLimits(random.Next(2) == 0, random.Next(2) == 0 ? int.MaxValue : random.Next(1, 40)) { MostInRack = random.Next(2) == 0 ? int.MaxValue : random.Next(1, 5) };
            var plan = WavePlanner.Plan(counters, Enumerable.Range(0, counters.Map.Hosts), limits);

            GroupingConformanceTests.Feasible(counters, plan, limits);
            int[] all = [.. plan.Waves.SelectMany(wave => wave), .. plan.Unplannable.Select(stuck => stuck.Host), .. Enumerable.Range(0, counters.Map.Hosts).Where(counters.IsCharged)];
            Assert.Equal(Enumerable.Range(0, counters.Map.Hosts), all.Order());
            Assert.True(plan.Waves.Length >= plan.LowerBound - (plan.Unplannable.IsEmpty ? 0 : plan.LowerBound));
            Assert.All(plan.Unplannable, stuck => Assert.Equal(stuck.Set, counters.Conflict(stuck.Host)));
            Assert.All(plan.Waves, wave => Assert.True(wave.GroupBy(host => (counters.Map.AzOf[host], counters.Map.RackOf[host])).Max(rack => rack.Count()) <= limits.MostInRack));
        }
    }

    [Fact]
    public void Classes_need_as_few_waves_as_there_can_be_and_random_placement_many()
    {
        Assert.Equal((9, 9), Waves(PlacementKind.Classes));
        var (copysets, bound) = Waves(PlacementKind.Copysets);
        var (random, _) = Waves(PlacementKind.Random);
        Assert.Equal(9, bound);
        Assert.InRange(copysets, 10, 3 * 12);
        Assert.True(random > copysets, $"{random} waves at random, {copysets} with copysets");
    }

    [Fact]
    public void A_code_without_room_has_no_plan_and_says_so()
    {
        var counters = new SetCounters(new GeneratedPlacement(120, 4, 4, PlacementKind.Classes, 3).Make(), new SlackTable(RedundancyCode.ReedSolomon(8, 4), [new(true, 0)]));
        var plan = WavePlanner.Plan(counters, Enumerable.Range(0, counters.Map.Hosts), new());

        Assert.Empty(plan.Waves);
        Assert.Equal(counters.Map.Hosts, plan.Unplannable.Length);
        Assert.Contains("only with all shards there", Room.Of([4, 4, 4], 8, new(true, 0)).NoRoom(counters.Table.Code, new(true, 0)), StringComparison.Ordinal);
    }

    private static (int Waves, int Bound) Waves(PlacementKind kind)
    {
        var counters = new SetCounters(new GeneratedPlacement(3_000, 64, 3, kind, 11).Make(), AnyAz);
        var plan = WavePlanner.Plan(counters, Enumerable.Range(0, counters.Map.Hosts), new());
        return (plan.Waves.Length, plan.LowerBound);
    }
}
