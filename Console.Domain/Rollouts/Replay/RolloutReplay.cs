using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Story;

namespace OpsConsole.Domain.Rollouts.Replay;

/// <summary>Would another policy have caught it, when, and how many hosts would have had the release by then?</summary>
public static class RolloutReplay
{
    /// <param name="rollout">As it is now.</param>
    /// <param name="events">Of the streams <c>rollout/id</c> and <c>run/*/id</c>, in the order of their sequence.</param>
    /// <param name="story">Told from the same events.</param>
    public static ReplayAnswer Of(Rollout rollout, ImmutableArray<Recorded> events, RolloutStory story, Pipeline policy)
    {
        var other = Under(rollout, policy);
        var regions = new Dictionary<string, RegionReplay>();
        foreach (var recorded in events.Where(one => one.Stream.Family == RunStreams.Family))
        {
            var name = recorded.Stream.FirstKey;
            var region = regions.TryGetValue(name, out var known) ? known : regions[name] = new(rollout, other, name);
            region.Take(recorded);
        }

        var times = new PolicyTimes(story, rollout, other);
        var stops = regions.Values.Where(region => region.Stop is not null).Select(region => region.Stop! with { Exposed = times.BegunBy(region.Stop!.At, region.Stop.Region), Reached = story.BegunBy(DateTimeOffset.MaxValue) })
            .OrderBy(stop => stop.At).ThenBy(stop => stop.Region, StringComparer.Ordinal).ToImmutableArray();
        var really = story.Detected is { } found
            ? new ReplayStop(found.At, found.Region, rollout.Plan!.Stages[Math.Max(0, found.Stage)].Name, found.Batch + 1, "", found.Gate ?? "", found.Why, found.Exposed, story.BegunBy(DateTimeOffset.MaxValue))
            : null;
        var first = stops.FirstOrDefault();
        var gates = regions.Values.SelectMany(region => region.Gates).GroupBy(gate => (gate.Gate, gate.Metric)).Select(gate => new ReplayGate(gate.Key.Gate, gate.Key.Metric, gate.Sum(one => one.Ok), gate.Sum(one => one.Bad), gate.Sum(one => one.Missing), gate.Sum(one => one.Error), gate.Sum(one => one.Unknown))).OrderBy(gate => gate.Gate, StringComparer.Ordinal).ToImmutableArray();
        var bakes = regions.Values.SelectMany(region => region.Bakes).OrderBy(bake => bake.Ended).ToArray();
        var outcome = Outcome(rollout, first, really, gates.Any(gate => gate.Unknown > 0) || story.Cut);
        return new ReplayAnswer(rollout.Id, rollout.Plan!.Release, policy.Name, outcome, first, really)
        {
            Sentence = Sentence(outcome, first, really),
            Stops = [.. stops.Take(ReplayAnswer.MostListed)],
            Bakes = [.. bakes.Take(ReplayAnswer.MostListed)],
            Gates = gates,
            Sure = !bakes.Any(bake => first is null || bake.Ended <= first.At),
            Notes = [.. Notes(rollout, policy, story, gates, bakes)],
        };
    }

    /// <summary>The same plan with the policy's gates and bakes: which hosts are in which batch stays as it was.</summary>
    internal static Rollout Under(Rollout rollout, Pipeline policy) => rollout with
    {
        Pipeline = policy,
        Plan = rollout.Plan! with { Stages = [.. rollout.Plan.Stages.Select(stage => policy.Stages.FirstOrDefault(one => one.Name == stage.Name) is { } named ? Under(stage, named) : stage with { Gates = [] })] },
    };

    private static PlannedStage Under(PlannedStage stage, PipelineStage named) => stage with
    {
        Gates = named.Gates,
        Waves = [.. stage.Waves.Select(wave => new PlannedWave([.. wave.Regions.Select(region => region with { Batches = Bakes(region.Batches, named) })]))],
    };

    private static ImmutableArray<PlannedBatch> Bakes(ImmutableArray<PlannedBatch> batches, PipelineStage stage)
    {
        var own = batches.Select(batch => batch with
        {
            Bake = batch.Kind switch { BatchKind.OneBox => stage.OneBox ?? stage.BatchBake, BatchKind.Validators when !stage.RegionBake.IsNone => stage.RegionBake, _ => stage.BatchBake },
        });
        return batches.Any(batch => batch.Kind == BatchKind.Validators) ? [.. own] : Planner.WithLastBakes([.. own], stage.AzBake, stage.RegionBake);
    }

    private static ReplayOutcome Outcome(Rollout rollout, ReplayStop? policy, ReplayStop? really, bool unknown) =>
        (policy, really) switch
        {
            (null, null) => unknown ? ReplayOutcome.CannotBeTold : ReplayOutcome.NotStopped,
            (null, _) => unknown ? ReplayOutcome.CannotBeTold : ReplayOutcome.Missed,
            (_, null) => rollout.Status == RolloutStatus.Completed ? ReplayOutcome.FalseStop : ReplayOutcome.CaughtEarlier,
            _ => policy.At < really.At ? ReplayOutcome.CaughtEarlier : policy.At > really.At ? ReplayOutcome.CaughtLater : ReplayOutcome.CaughtAtTheSameTime,
        };

    private static string Sentence(ReplayOutcome outcome, ReplayStop? policy, ReplayStop? really) =>
        outcome switch
        {
            ReplayOutcome.NotStopped => "The policy would not have stopped it, and nothing did.",
            ReplayOutcome.Missed => $"It was stopped at {really!.At:u} by {really.Gate}, {Words.Hosts(really.Exposed)} exposed; the policy would have let it go on.",
            ReplayOutcome.CannotBeTold => "It cannot be told: figures that would decide it were not kept.",
            ReplayOutcome.FalseStop => $"The policy would have stopped a release that came through: {policy!.Gate} in {policy.Region} at {policy.At:u}, after {Words.Hosts(policy.Exposed)}.",
            _ when really is null => $"The policy would have stopped it: {policy!.Gate} in {policy.Region} at {policy.At:u}, with {Words.Hosts(policy.Exposed)} exposed; nothing measured did, and {Words.Hosts(policy.Reached)} got it.",
            _ => $"The policy would have caught it by {policy!.Gate} in {policy.Region} at {policy.At:u}, {(policy.At == really.At ? "when it was" : $"{Words.Of((policy.At - really.At).Duration())} {(policy.At < really.At ? "sooner" : "later")}")}, with {Words.Hosts(policy.Exposed)} exposed; really it was {really.Exposed}.",
        };

    private static IEnumerable<string> Notes(Rollout rollout, Pipeline policy, RolloutStory story, ImmutableArray<ReplayGate> gates, ReplayBake[] bakes)
    {
        if (story.Cut)
        {
            yield return "The journal no longer holds the beginning of it, or holds more than is read: only the newest part was judged.";
        }

        foreach (var gate in gates.Where(gate => gate.Unknown > 0))
        {
            var canary = policy.Gates.FirstOrDefault(one => one.Name == gate.Gate)?.Canary is not null;
            yield return $"{gate.Gate}: {gate.Unknown} windows are unknown, because {(canary ? "values of single hosts are not kept" : "no figures were kept that it could judge")}; they count as no data, never as good.";
        }

        if (bakes.Length > 0)
        {
            yield return $"{(bakes.Length == 1 ? "1 bake" : $"{bakes.Length} bakes")} would have ended at another time, first in {bakes[0].Region} at {bakes[0].Ended:u}: from there on the policy would have seen other hosts than were really seen. Its counts of hosts assume that visits take as long and that the same shows at the same time.";
        }

        foreach (var stage in rollout.Plan!.Stages.Where(stage => policy.Stages.All(one => one.Name != stage.Name)))
        {
            yield return $"The policy has no stage '{stage.Name}': there all its gates judge, and bakes stay as they were.";
        }
    }
}
