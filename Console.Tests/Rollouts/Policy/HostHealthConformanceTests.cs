using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Alarms;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts.Policy;

/// <summary>
/// Service Fabric's limits on counts of unhealthy hosts. Two rules depart. An empty group is Missing, not good: no data is not good data (law 8). And a rise is
/// measured over the hosts that were counted at the start: where theirs divides by the hosts there are now, healthy newcomers hide what failed.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class HostHealthConformanceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Percents => Rows("percent_rows");

    public static TheoryData<string> Increases => Rows("increase_rows");

    [Theory]
    [MemberData(nameof(Percents))]
    public void A_share_of_unhealthy_hosts_is_within_its_limit_as_theirs(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (hosts, unhealthy, most) = (Int(given, "total"), Int(given, "unhealthy"), Int(given, "max_percent"));
        var expected = hosts == 0 ? Verdict.Missing : given.GetProperty("expected_within_limit").GetBoolean() ? Verdict.Ok : Verdict.Bad;
        Assert.Equal(expected, HostLimit.Percent(unhealthy, hosts, most));
        Assert.Equal(expected, Judged(new() { Az = most }, [new("eu", "eua", hosts, unhealthy, 0)], []));
        Assert.Equal(expected, Judged(new() { Region = most }, [new("eu", "eua", hosts, unhealthy, 0)], []));
    }

    [Theory]
    [MemberData(nameof(Increases))]
    public void A_rise_since_the_start_is_within_its_limit_as_theirs_over_the_hosts_of_the_start(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (before, hosts, unhealthy, now, most) = (Int(given, "baseline_unhealthy"), Int(given, "baseline_total"), Int(given, "unhealthy"), Int(given, "total"), Int(given, "max_percent_increase"));
        var theirs = given.GetProperty("expected_within_limit").GetBoolean();
        var frozen = ((decimal)(unhealthy - before) * 100 / Math.Max(1, hosts)) <= most;
        Assert.True(now != hosts || hosts == 0 || frozen == theirs, "where no host came or went, ours is theirs");
        var expected = hosts == 0 ? Verdict.Missing : frozen ? Verdict.Ok : Verdict.Bad;
        Assert.Equal(expected, HostLimit.Increase(before, unhealthy, hosts, most));
        Assert.Equal(expected, Judged(new() { AzIncrease = most }, [new("eu", "eua", now, unhealthy, 0)], [new("eu", "eua", hosts, before, 0)]));
        Assert.Equal(expected, Judged(new() { RegionIncrease = most }, [new("eu", "eua", now, unhealthy, 0)], [new("eu", "eua", hosts, before, 0)]));
    }

    /// <summary>Single precision lets one host too many pass in 932 of these pairs; whole numbers in none.</summary>
    [Fact]
    public void No_pair_of_hosts_and_percent_is_judged_otherwise_than_exactly()
    {
        var wrong = 0;
        for (var hosts = 1; hosts <= 5_000; hosts++)
        {
            for (var percent = 0; percent <= 100; percent++)
            {
                var most = (int)Math.Min(hosts, decimal.Ceiling((decimal)hosts * percent / 100));
                wrong += HostLimit.Percent(most, hosts, percent) == Verdict.Ok && HostLimit.Percent(most + 1, hosts, percent) == Verdict.Bad ? 0 : 1;
            }
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void What_a_region_can_bear_may_be_too_much_of_one_az()
    {
        ImmutableArray<HostTally> now = [new("eu", "eua", 3, 2, 0), new("eu", "eub", 3, 0, 0)];
        Assert.Equal(Verdict.Ok, Judged(new() { Region = 20 }, now, []));
        Assert.Equal(Verdict.Bad, Judged(new() { Region = 20, Az = 20 }, now, []));
    }

    [Theory]
    [InlineData(0, 1, 10, Verdict.Ok)]
    [InlineData(0, 2, 10, Verdict.Error)]
    [InlineData(1, 1, 10, Verdict.Error)]
    [InlineData(2, 1, 10, Verdict.Bad)]
    public void A_host_that_says_nothing_counts_as_unhealthy_but_never_rolls_back(int unhealthy, int silent, int percent, Verdict expected) =>
        Assert.Equal(expected, Judged(new() { Az = percent }, [new("eu", "eua", 10, unhealthy, silent)], []));

    [Fact]
    public void The_whole_plan_counts_regions_that_have_not_begun_as_they_were()
    {
        ImmutableArray<HostTally> start = [new("eu", "eua", 50, 0, 0), new("us", "usa", 50, 1, 0)];
        var gate = new Gate("hosts", HostRule.Metric) { Hosts = new() { FleetIncrease = 1 } };
        Assert.Equal(Verdict.Ok, HostGates.JudgeFleet(gate, Noon, Noon, [new("eu", "eua", 50, 1, 0), start[1]], start).Verdict);
        Assert.Equal(Verdict.Bad, HostGates.JudgeFleet(gate, Noon, Noon, [new("eu", "eua", 50, 2, 0), start[1]], start).Verdict);
    }

    private static Verdict Judged(HostRule rule, ImmutableArray<HostTally> now, ImmutableArray<HostTally> start) =>
        HostGates.Judge(new("hosts", HostRule.Metric) { Hosts = rule }, "eu", Noon, Noon.AddSeconds(1), now, start).Verdict;

    private static int Int(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static TheoryData<string> Rows(string table) => [.. Fixture.Read("servicefabric_staged_upgrade_health.json").GetProperty(table).EnumerateArray().Select(row => row.GetRawText())];
}
