using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>One host of a rollout.</summary>
/// <param name="Step">Where its visit is; null where none is active.</param>
public sealed record RolloutHost(string Host, string Az, int Stage, int Batch, BatchKind Kind, string State, string? Release, HostStep? Step, string? Detail, bool Simulated);

/// <summary>A region of a rollout with its hosts.</summary>
public sealed record RegionPicture(RegionLane? Lane, Wait? Wait, Halt? Halt, ImmutableDictionary<string, GateStanding> Gates, ImmutableArray<RolloutHost> Hosts)
{
    /// <summary>Gates of a bake that something else ended: what they would have said is not known, however well they looked.</summary>
    public ImmutableArray<string> NotFinished { get; init; } = [];
}

/// <summary>Draws one region of a rollout.</summary>
public static class RegionDrawing
{
    /// <summary>Null where the rollout does not reach the region.</summary>
    public static RegionPicture? Draw(IStates states, string rolloutId, string region, DateTimeOffset now)
    {
        var input = RunDecider.Input(states, region, rolloutId, null, now);
        if (!input.Rollout.Exists || input.Rollout.Plan!.Regions.All(planned => planned.Region != region))
        {
            return null;
        }

        var run = states.Get<RegionRun>(RunStreams.Of(region, rolloutId));
        var hosts = input.Rollout.Plan.Stages.SelectMany((stage, s) => (input.Rollout.Plan.Leg(s, region)?.Batches ?? []).SelectMany((batch, b) => batch.Hosts.Select(id => Host(run, input, id, s, b, batch))));
        return new(input.Leg(run) is { } leg ? Lane(input.Rollout, leg, run.Stage, run) : null, RunWait.Of(run, input), run.Halt, run.Gates, [.. hosts]) { NotFinished = NotFinished(run, input) };
    }

    private static ImmutableArray<string> NotFinished(RegionRun run, RunInput input) =>
        run is { Phase: RunPhase.Baking, Halt.Kind: >= HaltKind.Bad } && !RunFacts.Baked(run, input)
            ? [.. run.Gates.Where(gate => gate.Value.Last is not [.., Verdict.Bad]).Select(gate => gate.Key).Order(StringComparer.Ordinal)]
            : [];

    internal static RegionLane Lane(Rollout rollout, PlannedRegion region, int stage, RegionRun run)
    {
        var batches = region.Batches.Select((batch, i) => (batch.Az, Lane: Batch(rollout, batch, i, stage, run))).ToArray();
        var azs = batches.GroupBy(batch => batch.Az).Select(az => new AzLane(
            az.Key, RolloutDrawing.Together(az.Select(batch => batch.Lane.State)), az.Sum(batch => batch.Lane.Hosts), az.Sum(batch => batch.Lane.Confirmed), az.Sum(batch => batch.Lane.Casualties), [.. az.Select(batch => batch.Lane)]));
        var hosts = region.Batches.SelectMany(batch => batch.Hosts).ToArray();
        var state = run.Stage == stage && run.Halt is not null ? Halted(rollout)
            : run.Stage == stage && run.Phase == RunPhase.Observing ? LaneState.Observing
            : RolloutDrawing.Together(batches.Select(batch => batch.Lane.State));
        return new(region.Region, region.Partition, state, hosts.Length, hosts.Count(run.Begun), hosts.Count(run.Confirmed.Contains), batches.Sum(batch => batch.Lane.Casualties), [.. azs]);
    }

    private static BatchLane Batch(Rollout rollout, PlannedBatch batch, int index, int stage, RegionRun run)
    {
        var current = run.Stage == stage && run.Batch == index;
        var settled = batch.Hosts.All(run.Settled);
        var state = current && run.Halt is not null ? Halted(rollout)
            : current && run.Phase == RunPhase.Baking ? LaneState.Baking
            : current && run.Phase == RunPhase.Working ? LaneState.Working
            : settled ? (rollout.Status == RolloutStatus.RolledBack ? LaneState.RolledBack : LaneState.Done)
            : batch.Hosts.Any(run.Begun) ? Halted(rollout)
            : LaneState.Planned;
        var baking = state == LaneState.Baking;
        return new(
            index, batch.Kind, state, batch.Hosts.Length, batch.Hosts.Count(run.Confirmed.Contains), run.Casualties.Count(casualty => batch.Hosts.Contains(casualty.Host)),
            baking ? run.BakeSince : null, baking ? run.BakeSince + batch.Bake.Duration : null, baking ? run.BakeSamples : 0, batch.Bake.Samples);
    }

    private static LaneState Halted(Rollout rollout) => rollout.Status == RolloutStatus.RolledBack ? LaneState.RolledBack : LaneState.Stopped;

    private static RolloutHost Host(RegionRun run, RunInput input, string id, int stage, int batch, PlannedBatch planned)
    {
        var host = input.Fleet.Hosts.GetValueOrDefault(id);
        var visit = input.Fleet.Visits.GetValueOrDefault(id);
        var active = visit is { Status: VisitStatus.Active } && visit.Rollout == run.Rollout;
        var casualty = run.Casualties.FirstOrDefault(one => one.Host == id);
        var state = casualty is not null ? "Casualty" : run.Confirmed.Contains(id) ? "Confirmed" : active ? "InWork" : run.Begun(id) ? "Begun" : "Planned";
        return new(id, planned.Az, stage, batch, planned.Kind, state, host?.Release, active ? visit!.Step : null, casualty?.Detail ?? (visit?.Rollout == run.Rollout ? visit?.Detail : null), host?.Simulated ?? false);
    }
}
