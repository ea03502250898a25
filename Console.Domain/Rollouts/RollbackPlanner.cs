using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rollouts;

/// <summary>The way back: every host the release was sent to, in every region at the same time, AZ by AZ, paced by capacity and not by the way forward.</summary>
public static class RollbackPlanner
{
    public const string StageName = "rollback";

    /// <param name="runs">The regional runs of the rollout, stopped: what they began is all there is.</param>
    public static RolloutPlan Plan(Rollout rollout, Release target, IEnumerable<RegionRun> runs, Func<string, RegionFleet> fleetOf)
    {
        var regions = ImmutableArray.CreateBuilder<PlannedRegion>();
        foreach (var run in runs.OrderBy(run => run.Region, StringComparer.Ordinal))
        {
            var fleet = fleetOf(run.Region);
            var touched = run.Touched.Where(id => fleet.Hosts.TryGetValue(id, out var host) && WasReached(rollout, fleet, host, target)).Order(StringComparer.Ordinal).Select(id => fleet.Hosts[id]).ToArray();
            if (touched.Length > 0)
            {
                regions.Add(new(run.Region, fleet.Partition, Batches(rollout.Pipeline!, fleet, touched)));
            }
        }

        return new RolloutPlan(rollout.Service, target.Version, target.Digest, rollout.Plan!.Release, regions.Count == 0 ? [] : [new(StageName, [new(regions.ToImmutable())])]) { Stateful = rollout.Plan.Stateful };
    }

    private static bool WasReached(Rollout rollout, RegionFleet fleet, Host host, Release target) =>
        host.Release != target.Version || host.State != HostState.InService || (fleet.Visits.TryGetValue(host.Id, out var visit) && visit.Rollout == rollout.Id);

    private static ImmutableArray<PlannedBatch> Batches(Pipeline pipeline, RegionFleet fleet, Host[] touched)
    {
        var validators = Planner.ByAz(touched.Where(host => host.Validator)).Select(az => new PlannedBatch(az.Key, BatchKind.Validators, [.. az.Select(host => host.Id)], Bake.None));
        // What is suspect takes room from every set it has data of, wherever the others lie: where data is kept, such hosts of all AZs are mended before any that serves is taken away.
        var stateful = touched.Any(host => host.Role != HostRole.Web);
        var first = stateful ? touched.Where(host => !host.Validator && !Serves(host)).ToArray() : [];
        var batches = Planner.ByAz(first).Select(az => new PlannedBatch(az.Key, BatchKind.Batch, [.. az.Select(host => host.Id)], Bake.None)).ToList();
        foreach (var az in Planner.ByAz(touched.Except(first).Where(host => !host.Validator)))
        {
            var size = Planner.MostOut(fleet.Hosts.Values.Count(host => host.Az == az.Key && host.Service == pipeline.Service && !host.Validator), pipeline.CapacityFloor);

            // Hosts that are out of service already cost nothing: they come first.
            var chunks = az.OrderBy(host => host.State == HostState.InService).ThenBy(host => host.Id, StringComparer.Ordinal).Chunk(size).ToArray();
            batches.AddRange(chunks.Select((chunk, i) => new PlannedBatch(az.Key, BatchKind.Batch, [.. chunk.Select(host => host.Id)], i == chunks.Length - 1 ? pipeline.Rollback.Bake : Bake.None)));
        }

        return [.. batches, .. validators];
    }

    private static bool Serves(Host host) => host.State is HostState.InService or HostState.ReadOnly;
}
