using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rollouts;

/// <summary>How the plan's hosts stand, AZ by AZ.</summary>
internal static class HostCounts
{
    /// <summary>Whether any gate counts hosts: nothing is counted where none does.</summary>
    public static bool Wanted(Pipeline pipeline) => pipeline.Gates.Concat(pipeline.Rollback.Gates).Any(gate => gate.Hosts is not null);

    /// <summary>One region's, by AZ.</summary>
    public static ImmutableArray<HostTally> Of(RolloutPlan plan, RegionFleet fleet)
    {
        var azs = new SortedDictionary<string, HostTally>(StringComparer.Ordinal);
        foreach (var batch in plan.Regions.Where(region => region.Region == fleet.Region).SelectMany(region => region.Batches))
        {
            var tally = azs.GetValueOrDefault(batch.Az) ?? new(fleet.Region, batch.Az, 0, 0, 0);
            foreach (var host in batch.Hosts)
            {
                // A host that was taken out of the fleet says nothing any more; the plan still counts on it.
                var state = fleet.Hosts.GetValueOrDefault(host)?.State ?? HostState.Unknown;
                tally = tally with { Hosts = tally.Hosts + 1, Unhealthy = tally.Unhealthy + (state == HostState.Casualty ? 1 : 0), Silent = tally.Silent + (state == HostState.Unknown ? 1 : 0) };
            }

            azs[batch.Az] = tally;
        }

        return [.. azs.Values];
    }

    /// <summary>All regions of a plan, as a rollout finds them at its start.</summary>
    public static ImmutableArray<HostTally> AtStart(Pipeline pipeline, RolloutPlan plan, Func<string, RegionFleet> fleetOf) =>
        Wanted(pipeline) ? [.. plan.Regions.Select(region => region.Region).Distinct().SelectMany(region => Of(plan, fleetOf(region)))] : [];

    /// <summary>What the whole plan's limits say; null where all is well or none is set.</summary>
    public static Evidence? TooMany(Rollout rollout, IEnumerable<RegionRun> runs, DateTimeOffset now)
    {
        var gates = rollout.Pipeline!.Gates.Where(gate => gate.Hosts is { } rule && (rule.Fleet ?? rule.FleetIncrease) is not null).ToArray();
        if (gates.Length == 0 || rollout.Kind == RolloutKind.Rollback)
        {
            return null;
        }

        var counted = runs.Where(run => !run.Hosts.IsDefaultOrEmpty).ToArray();
        var regions = counted.Select(run => run.Region).ToHashSet();
        ImmutableArray<HostTally> all = [.. counted.SelectMany(run => run.Hosts), .. rollout.StartHosts.Where(tally => !regions.Contains(tally.Region))];
        return gates.Select(gate => HostGates.JudgeFleet(gate, rollout.StartedAt, now, all, rollout.StartHosts)).FirstOrDefault(verdict => verdict.Verdict == Verdict.Bad)?.Evidence;
    }
}
