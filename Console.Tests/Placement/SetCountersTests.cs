using OpsConsole.Domain.Placement;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Placement;

/// <summary>The packed counters beside the oracle, in random worlds of every kind of placement and code.</summary>
public sealed class SetCountersTests(ITestOutputHelper output)
{
    private static readonly SurviveScenario[] Scenarios = [new(true, 0), new(false, 1), new(false, 2), new(true, 1), new(false, 0)];

    [Theory]
    [InlineData(PlacementKind.Classes)]
    [InlineData(PlacementKind.Copysets)]
    [InlineData(PlacementKind.Random)]
    public void Every_decision_is_the_oracles_after_any_charges(PlacementKind kind)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var world = 0; world < 30; world++)
        {
            var perAz = random.Next(1, 5);
            var code = new RedundancyCode("some", 3 * perAz, random.Next(1, (2 * perAz) + 1));
            var map = new GeneratedPlacement(random.Next(30, 120), random.Next(1, 12), perAz, kind, random.Next()).Make();
            var scenario = Scenarios[random.Next(Scenarios.Length)];
            var counters = new SetCounters(map, new SlackTable(code, [scenario]));
            var charged = new HashSet<int>();
            for (var step = 0; step < 40; step++)
            {
                var host = random.Next(map.Hosts);
                var broken = charged.Contains(host) ? -1 : FirstBroken(map, charged, host, code.Needed, scenario);
                Assert.Equal(broken, counters.Conflict(host));
                if (charged.Add(host))
                {
                    counters.Charge(host);
                }
                else
                {
                    charged.Remove(host);
                    counters.Discharge(host);
                }
            }

            var states = Enumerable.Range(0, map.Sets).GroupBy(counters.StateOf).ToDictionary(group => group.Key, group => group.Count());
            Assert.All(Enumerable.Range(0, SetState.Count), state => Assert.Equal(states.GetValueOrDefault(state), counters.Histogram[state]));
            Assert.Equal(Enumerable.Range(0, map.Sets).Count(set => Slack(map, charged, set, code.Needed, scenario) < 0), counters.Broken());
        }
    }

    [Theory]
    [InlineData(PlacementKind.Classes)]
    [InlineData(PlacementKind.Copysets)]
    [InlineData(PlacementKind.Random)]
    public void A_generated_fleet_has_every_host_full_and_every_set_whole(PlacementKind kind)
    {
        var map = new GeneratedPlacement(1_000, 16, 3, kind, 7).Make();

        var shards = Enumerable.Range(0, map.Hosts).SelectMany(host => map.SetsOf(host).ToArray().Select(set => (set, host))).GroupBy(shard => shard.set).ToArray();
        Assert.All(Enumerable.Range(0, map.Hosts), host => Assert.Equal(16, map.SetsOf(host).ToArray().Distinct().Count()));
        Assert.Equal(map.Sets, shards.Length);
        Assert.All(shards, set => Assert.Equal((9, 3), (set.Count(), set.GroupBy(shard => map.AzOf[shard.host]).Count(az => az.Count() == 3))));
        if (kind == PlacementKind.Classes)
        {
            Assert.All(shards, set => Assert.Equal(9, set.Select(shard => (map.AzOf[shard.host], map.ClassOf[shard.host])).Distinct().Count()));
        }
    }

    [Fact]
    public void A_shadow_is_tried_on_and_the_original_stays()
    {
        var counters = new SetCounters(new GeneratedPlacement(90, 4, 3, PlacementKind.Classes, 1).Make(), new SlackTable(RedundancyCode.ReedSolomon(5, 4), [new(true, 0)]));
        var shadow = counters.Shadow();
        shadow.Charge(0);
        shadow.Charge(0);

        Assert.Equal((true, false, 4), (shadow.IsCharged(0), counters.IsCharged(0), counters.Histogram.ToArray().Sum() - shadow.Histogram[SetState.Of(3, 3, 3)]));
        shadow.Discharge(0);
        Assert.Equal(counters.Histogram.ToArray(), shadow.Histogram.ToArray());
    }

    [Fact]
    public void A_set_with_more_shards_in_an_AZ_than_can_be_counted_is_refused()
    {
        var hosts = Enumerable.Range(0, 16).Select(host => (0, host, host)).ToArray();
        var map = PlacementMap.Of(hosts, [[.. Enumerable.Range(0, 16)]]);
        Assert.Contains("more than 15", Assert.Throws<ArgumentException>(() => new SetCounters(map, new SlackTable(RedundancyCode.Replicas(16), [new(false, 0)]))).Message, StringComparison.Ordinal);
    }

    private static int FirstBroken(PlacementMap map, HashSet<int> charged, int host, int needed, SurviveScenario scenario)
    {
        HashSet<int> gone = [.. charged, host];
        foreach (var set in map.SetsOf(host))
        {
            if (Slack(map, gone, set, needed, scenario) < 0)
            {
                return set;
            }
        }

        return -1;
    }

    private static int Slack(PlacementMap map, HashSet<int> gone, int set, int needed, SurviveScenario scenario)
    {
        var hosts = Enumerable.Range(0, map.Hosts).Where(host => map.SetsOf(host).Contains(set)).ToArray();
        return AssuranceOracle.Slack([.. hosts.Select(host => (int)map.AzOf[host])], [.. hosts.Select(gone.Contains)], needed, scenario);
    }
}
