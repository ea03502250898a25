using System.Text.Json;
using OpsConsole.Domain.FleetUpdate.Waves;
using OpsConsole.Domain.Placement;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.FleetUpdate.Waves;

/// <summary>
/// Small fleets whose best plan was found by trying everything. Our planner needs no more waves than first fit in the order of their numbers and never fewer than the best,
/// and says a bound that no plan goes below. Where a failed host leaves sets without slack there is no plan, and the hosts in its way are named.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class GroupingConformanceTests
{
    public static TheoryData<string> Instances
    {
        get
        {
            var rows = new TheoryData<string>();
            foreach (var row in Fixture.Read("stateful-11_grouping_instances.json").GetProperty("instances").EnumerateArray())
            {
                rows.Add(row.GetRawText());
            }

            return rows;
        }
    }

    public static TheoryData<string> Graphs
    {
        get
        {
            var rows = new TheoryData<string>();
            foreach (var row in Fixture.Read("stateful-11_grouping_instances.json").GetProperty("coloring").EnumerateArray())
            {
                rows.Add(row.GetRawText());
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Instances))]
    public void A_small_fleet_needs_no_more_waves_than_first_fit_and_never_fewer_than_the_best(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var hosts = given.GetProperty("hosts").EnumerateArray().Select(host => (host.GetProperty("az").GetInt32(), 0, 0)).ToArray();
        var sets = given.GetProperty("sets").EnumerateArray().Select(set => (IReadOnlyList<int>)Numbers(set.GetProperty("hosts"))).ToArray();
        var shape = given.GetProperty("sets")[0];
        var policy = given.GetProperty("policy");
        var code = new RedundancyCode("theirs", shape.GetProperty("n").GetInt32(), shape.GetProperty("k").GetInt32());
        var counters = new SetCounters(
            PlacementMap.Of(hosts, sets),
            new SlackTable(code, [.. policy.GetProperty("survive").EnumerateArray().Select(one => new SurviveScenario(one.GetProperty("azLost").GetInt32() > 0, one.GetProperty("extraFailures").GetInt32()))]));
        Array.ForEach(Numbers(given.GetProperty("failed")), counters.Charge);
        var limits = new WaveLimits(policy.TryGetProperty("azSerial", out var serial) && serial.GetBoolean(), policy.TryGetProperty("maxOffline", out var most) ? most.GetInt32() : int.MaxValue);

        var plan = WavePlanner.Plan(counters, Enumerable.Range(0, hosts.Length), limits);

        Feasible(counters, plan, limits);
        if (given.GetProperty("optimal_waves").ValueKind == JsonValueKind.Null)
        {
            Assert.NotEmpty(plan.Unplannable);
            return;
        }

        Assert.Empty(plan.Unplannable);
        var best = given.GetProperty("optimal_waves").GetInt32();
        Assert.InRange(plan.Waves.Length, best, given.GetProperty("first_fit_in_index_order_waves").GetInt32());
        Assert.InRange(plan.LowerBound, given.GetProperty("lower_bound").GetInt32(), best);
    }

    /// <summary>An edge is a set of two hosts of which one may be gone: waves are colours.</summary>
    [Theory]
    [MemberData(nameof(Graphs))]
    public void Waves_of_a_graph_are_a_colouring_of_it(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var hosts = Enumerable.Range(0, given.GetProperty("vertices").GetInt32()).Select(_ => (0, 0, 0)).ToArray();
        var edges = given.GetProperty("edges").EnumerateArray().Select(edge => (IReadOnlyList<int>)Numbers(edge)).ToArray();
        var counters = new SetCounters(PlacementMap.Of(hosts, edges), new SlackTable(RedundancyCode.Replicas(2), [new(false, 0)]));

        var plan = WavePlanner.Plan(counters, Enumerable.Range(0, hosts.Length), new(AzSerial: false));

        var wave = plan.Waves.SelectMany((hosts, wave) => hosts.Select(host => (host, wave))).ToDictionary(pair => pair.host, pair => pair.wave);
        Assert.Equal(hosts.Length, wave.Count);
        Assert.All(edges, edge => Assert.NotEqual(wave[edge[0]], wave[edge[1]]));
        Assert.InRange(given.GetProperty("chromatic_number").GetInt32(), plan.LowerBound, plan.Waves.Length);
        Assert.True(plan.Waves.Length <= edges.SelectMany(edge => edge).GroupBy(host => host).Max(host => host.Count()) + 1, "greedy needs at most one colour more than the most neighbours");
    }

    internal static void Feasible(SetCounters standing, WavePlan plan, WaveLimits limits)
    {
        foreach (var wave in plan.Waves)
        {
            var shadow = standing.Shadow();
            var broken = shadow.Broken();
            Assert.InRange(wave.Length, 1, limits.MostHosts);
            Assert.True(!limits.AzSerial || wave.Select(host => shadow.Map.AzOf[host]).Distinct().Count() == 1);
            foreach (var host in wave)
            {
                shadow.Charge(host);
            }

            Assert.Equal(broken, shadow.Broken());
        }
    }

    private static int[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt32())];
}
