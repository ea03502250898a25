using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>Draws a rollout from the states.</summary>
public static class RolloutDrawing
{
    /// <summary>Null where there is no such rollout.</summary>
    public static RolloutPicture? Draw(IStates states, string id, DateTimeOffset now)
    {
        var rollout = states.Get<Rollout>(RolloutStreams.Of(id));
        if (RolloutSummary.Find(states, id, now) is not { } summary)
        {
            return null;
        }

        var runs = rollout.Plan!.Regions.Select(region => region.Region).Distinct().ToDictionary(region => region, region => states.Get<RegionRun>(RunStreams.Of(region, id)));
        var waits = runs.Values.Select(run => (run.Region, Wait: RunWait.Of(run, RunDecider.Input(states, run.Region, id, null, now))))
            .Where(one => one.Wait is not null).Select(one => new WaitLine(one.Region, one.Wait!)).OrderBy(line => line.Where, StringComparer.Ordinal);
        return new RolloutPicture(
            summary,
            rollout.PlanHash,
            rollout.PipelineVersion,
            rollout.Plan.Notes,
            [.. rollout.Plan.Stages.Select((stage, i) => Stage(rollout, stage, i, runs))],
            [.. waits.Prepend(summary.Wait is null ? null : new WaitLine("", summary.Wait)).OfType<WaitLine>()],
            [.. runs.Values.SelectMany(run => run.Casualties).OrderBy(casualty => casualty.At).Take(RolloutPicture.Most)],
            [.. runs.Values.SelectMany(run => run.Evidence).OrderByDescending(evidence => evidence.To).Take(RolloutPicture.Most)])
        {
            Intents = Intents(rollout, states, now),
            Watched = [.. Remains.Of(rollout, states).Take(RolloutPicture.Most)],
            Pulls = rollout.Ended ? [] : RolloutReach.Pulls(rollout, states),
            RedGates = Rollouts.GateOverrides.Red(rollout, states),
            GateOverrides = rollout.GateOverrides.IsDefault ? [] : rollout.GateOverrides,
        };
    }

    /// <summary>The decision table asked for every intent: what buttons and the API say before anyone sends.</summary>
    public static ImmutableArray<IntentAnswer> Intents(Rollout rollout, IStates states, DateTimeOffset now)
    {
        var context = new DecisionContext(now, Actor.Engine, "asked", states);
        RolloutCommand[] wishes = [new PauseRollout(rollout.Id, TimeSpan.FromHours(1)), new ResumeRollout(rollout.Id), new AbortRollout(rollout.Id), new RollBackRollout(rollout.Id), new RetryRollout(rollout.Id), new AbandonRollout(rollout.Id)];
        return [.. wishes.Select(wish => (wish, Answer: RolloutIntents.Decide(rollout, wish, context)))
            .Select(one => new IntentAnswer(one.wish.GetType().Name[..^"Rollout".Length], one.Answer.Rejection?.Why ?? (one.Answer.Events.IsEmpty ? "It is so already." : null)))];
    }

    private static StageLane Stage(Rollout rollout, PlannedStage stage, int index, Dictionary<string, RegionRun> runs)
    {
        var waves = stage.Waves.Select(wave => wave.Regions.Select(region => RegionDrawing.Lane(rollout, region, index, runs[region.Region])).ToImmutableArray()).Select(regions => new WaveLane(Together(regions.Select(region => region.State)), regions)).ToImmutableArray();
        var all = waves.SelectMany(wave => wave.Regions).ToArray();
        return new(stage.Name, Together(waves.Select(wave => wave.State)), all.Sum(region => region.Hosts), all.Sum(region => region.Confirmed), waves);
    }

    /// <summary>Parts drawn as one: what is stopped shows first, then what is at work.</summary>
    internal static LaneState Together(IEnumerable<LaneState> parts)
    {
        var all = parts.Distinct().ToArray();
        return all.Length == 0 ? LaneState.Done
            : all.Length == 1 ? all[0]
            : new[] { LaneState.Stopped, LaneState.RolledBack, LaneState.Working, LaneState.Baking, LaneState.Observing }.Where(all.Contains).FirstOrDefault(LaneState.Working);
    }
}
