using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms;

/// <summary>Counts of hosts against a gate's limits: the region first, then each AZ, because what the region can bear may be all of one AZ.</summary>
public static class HostGates
{
    /// <param name="now">The region's AZs now.</param>
    /// <param name="start">The same at the start of the rollout: its counts of hosts stay the denominators.</param>
    public static GateVerdict Judge(Gate gate, string region, DateTimeOffset from, DateTimeOffset to, ImmutableArray<HostTally> now, ImmutableArray<HostTally> start)
    {
        var rule = gate.Hosts!;
        ImmutableArray<Finding> found =
        [
            Look(region, rule.Region, rule.RegionIncrease, [.. now], [.. start.Where(tally => tally.Region == region)]),
            .. now.Select(az => Look(az.Az, rule.Az, rule.AzIncrease, [az], [.. start.Where(tally => tally.Az == az.Az)])),
        ];
        return Say(gate, region, from, to, found);
    }

    /// <summary>The whole plan, over all its regions.</summary>
    /// <param name="now">Regions that have not begun stand as they did at the start.</param>
    public static GateVerdict JudgeFleet(Gate gate, DateTimeOffset from, DateTimeOffset to, ImmutableArray<HostTally> now, ImmutableArray<HostTally> start) =>
        Say(gate, "all regions", from, to, [Look("all regions", gate.Hosts!.Fleet, gate.Hosts.FleetIncrease, now, start)]);

    private static GateVerdict Say(Gate gate, string region, DateTimeOffset from, DateTimeOffset to, ImmutableArray<Finding> found)
    {
        var worst = found.FirstOrDefault(one => one.Verdict == Verdict.Bad) ?? found.FirstOrDefault(one => one.Verdict == Verdict.Error) ?? found.FirstOrDefault(one => one.Verdict == Verdict.Missing);
        return worst is null
            ? new(gate.Name, Verdict.Ok, null)
            : new(gate.Name, worst.Verdict, new(worst.Verdict, gate.Name, gate.Metric, region, worst.Rule, from, to) { Value = worst.Unhealthy, Limit = worst.Limit, Samples = worst.Hosts, Source = "fleet", Detail = worst.Detail });
    }

    private static Finding Look(string where, int? percent, int? points, ImmutableArray<HostTally> now, ImmutableArray<HostTally> start)
    {
        var (unhealthy, silent) = (now.Sum(tally => tally.Unhealthy), now.Sum(tally => tally.Silent));
        var (before, hosts) = (start.Sum(tally => tally.Unhealthy), start.IsEmpty ? now.Sum(tally => tally.Hosts) : start.Sum(tally => tally.Hosts));
        var good = new Finding(Verdict.Ok, "", 0, unhealthy, hosts, "");
        if (percent is null && points is null)
        {
            return good;
        }

        if (hosts <= 0)
        {
            return good with { Verdict = Verdict.Missing, Detail = $"{where} has no host of the plan" };
        }

        var said = silent == 0 ? $"{unhealthy} of {hosts} hosts in {where} are unhealthy, {before} were at the start" : $"{unhealthy} of {hosts} hosts in {where} are unhealthy, {before} were at the start, and {silent} say nothing";
        if (percent is { } most && HostLimit.Percent(unhealthy + silent, hosts, most) == Verdict.Bad)
        {
            return new(HostLimit.Percent(unhealthy, hosts, most) == Verdict.Bad ? Verdict.Bad : Verdict.Error, $"at most {most} % of {where}", most, unhealthy, hosts, said);
        }

        var rise = points is { } more && HostLimit.Increase(before, unhealthy + silent, hosts, more) == Verdict.Bad;
        return rise
            ? new(HostLimit.Increase(before, unhealthy, hosts, points!.Value) == Verdict.Bad ? Verdict.Bad : Verdict.Error, $"at most {points} percentage points more of {where} than at the start", points.Value, unhealthy, hosts, said)
            : good;
    }

    private sealed record Finding(Verdict Verdict, string Rule, int Limit, int Unhealthy, int Hosts, string Detail);
}
