using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Replay;
using OpsConsole.Domain.Rollouts.Story;

namespace OpsConsole.Tests.Scenarios;

/// <summary>A past rollout under another policy, from what the journal holds of it.</summary>
[Trait("Category", "Scenario")]
public sealed class ReplayScenarios
{
    [Fact]
    public async Task Under_its_own_policy_it_is_caught_when_it_was_and_with_as_many_hosts()
    {
        var scenario = await BadAsync();

        var answer = Replay(scenario, same => same);

        Assert.Equal(ReplayOutcome.CaughtAtTheSameTime, answer.Outcome);
        Assert.Equal((answer.Really!.At, answer.Really.Exposed, answer.Really.Gate), (answer.Policy!.At, answer.Policy.Exposed, answer.Policy.Gate));
        Assert.True(answer.Sure);
        Assert.Empty(answer.Bakes);
        Assert.All(answer.Gates, gate => Assert.Equal(0, gate.Unknown));
    }

    [Fact]
    public async Task One_bad_window_in_place_of_two_catches_it_a_window_sooner()
    {
        var scenario = await BadAsync();

        var answer = Replay(scenario, pipeline => With(pipeline, "errors", gate => gate with { Bad = 1, Of = 1 }));

        Assert.Equal(ReplayOutcome.CaughtEarlier, answer.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Really!.At - answer.Policy!.At);
    }

    [Fact]
    public async Task A_gate_that_allows_more_misses_it_and_the_figures_say_so()
    {
        var scenario = await BadAsync();

        var answer = Replay(scenario, pipeline => With(pipeline, "errors", gate => gate with { MaxIncrease = 0.5 }));

        Assert.Equal(ReplayOutcome.Missed, answer.Outcome);
        Assert.Null(answer.Policy);
        Assert.Contains(answer.Gates, gate => gate is { Gate: "errors", Bad: 0, Unknown: 0, Ok: >= 3 });
    }

    [Fact]
    public async Task A_limit_on_another_metric_is_judged_on_what_was_seen_of_it()
    {
        var scenario = await BadAsync();

        var answer = Replay(scenario, pipeline => pipeline with { Gates = [new("share", Metrics.ErrorRate) { Max = 0.1, MinSamples = 50 }] });
        var starved = Replay(scenario, pipeline => pipeline with { Gates = [new("share", Metrics.ErrorRate) { Max = 0.1, MinSamples = 101 }] });

        Assert.Equal(ReplayOutcome.CaughtEarlier, answer.Outcome);
        Assert.Equal(ReplayOutcome.Missed, starved.Outcome);
        Assert.True(Assert.Single(starved.Gates) is { Ok: 0, Bad: 0, Missing: >= 3 }, string.Join(", ", starved.Gates));
    }

    [Fact]
    public async Task A_strict_policy_stops_a_good_release_falsely()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(ReplayOutcome.NotStopped, Replay(scenario, same => same).Outcome);
        var answer = Replay(scenario, pipeline => With(pipeline, "latency", gate => gate with { MaxRatio = null, Max = 19 }));

        Assert.Equal(ReplayOutcome.FalseStop, answer.Outcome);
        Assert.True(answer.Policy!.Exposed < answer.Policy.Reached);
    }

    [Fact]
    public async Task Statistics_over_hosts_and_journals_without_figures_are_unknown_never_guessed()
    {
        var scenario = await BadAsync();

        var canary = Replay(scenario, pipeline => pipeline with { Gates = [new("canary", Metrics.LatencyP99) { Canary = new CanaryRule(), OverBake = true }] });
        var bare = scenario.Events.Select(one => one.Event is WindowJudged window ? one with { Event = window with { Figures = null } } : one);
        var old = Replay(scenario, pipeline => With(pipeline, "errors", gate => gate with { MaxIncrease = 0.5 }), bare);
        var kept = Replay(scenario, pipeline => With(pipeline, "errors", gate => gate with { Bad = 1, Of = 1 }), bare);

        Assert.Equal((ReplayOutcome.CannotBeTold, ReplayOutcome.CannotBeTold, ReplayOutcome.CaughtEarlier), (canary.Outcome, old.Outcome, kept.Outcome));
        Assert.Contains(canary.Notes, note => note.Contains("values of single hosts are not kept", StringComparison.Ordinal));
        Assert.Contains(old.Gates, gate => gate is { Gate: "errors", Unknown: > 0 });
    }

    [Fact]
    public async Task Longer_bakes_would_have_had_fewer_hosts_on_it_and_shorter_ones_more()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, query, reading) =>
            release == SmallFleet.New && reading.Metric == Metrics.ErrorRate && query.Candidates.Length >= 3 ? reading with { Value = 0.2 } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        var longer = Replay(scenario, pipeline => Bakes(pipeline, bake => bake with { Duration = bake.Duration * 10 }));
        var shorter = Replay(scenario, pipeline => Bakes(pipeline, bake => bake with { Duration = bake.Duration / 4 }));

        Assert.True(longer.Policy!.Exposed < longer.Really!.Exposed, $"{longer.Policy} {longer.Really}");
        Assert.True(shorter.Policy!.Exposed > shorter.Really!.Exposed, $"{shorter.Policy} {shorter.Really}");
        Assert.False(longer.Sure);
        Assert.False(shorter.Sure);
    }

    [Fact]
    public async Task The_story_tells_every_batch_and_its_time_adds_up()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        var story = StoryTeller.Tell(scenario.Rollout(), scenario.Events.Where(Own), scenario.Clock.GetUtcNow());

        Assert.Equal(scenario.Events.Count(one => one.Event is BatchBegan), story.Batches.Length);
        Assert.All(story.Batches, batch => Assert.Equal((TimeSpan.FromSeconds(5), true), (batch.Settled!.Value - batch.Began, batch.Baked >= batch.BakeBegan)));
        Assert.Equal(scenario.Rollout().EndedAt!.Value - scenario.Rollout().StartedAt, story.Split.Whole);
        Assert.True(story.Split is { Active.TotalSeconds: > 50, Bake.TotalSeconds: > 25, Waiting.TotalSeconds: < 3 }, $"{story.Split}");
        Assert.Null(story.Detected);
        Assert.Equal(14, story.BegunBy(DateTimeOffset.MaxValue));
    }

    private static async Task<Scenario> BadAsync()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.2 } : reading);
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        return scenario;
    }

    private static ReplayAnswer Replay(Scenario scenario, Func<Pipeline, Pipeline> change, IEnumerable<Recorded>? events = null)
    {
        ImmutableArray<Recorded> own = [.. (events ?? scenario.Events).Where(Own)];
        return RolloutReplay.Of(scenario.Rollout(), own, StoryTeller.Tell(scenario.Rollout(), own, scenario.Clock.GetUtcNow()), change(SmallFleet.Pipeline()));
    }

    private static bool Own(Recorded one) => one.Stream == RolloutStreams.Of("r1") || (one.Stream.Family == RunStreams.Family && one.Stream.Value.EndsWith("/r1", StringComparison.Ordinal));

    private static Pipeline With(Pipeline pipeline, string gate, Func<Gate, Gate> change) => pipeline with { Gates = [.. pipeline.Gates.Select(one => one.Name == gate ? change(one) : one)] };

    private static Pipeline Bakes(Pipeline pipeline, Func<Bake, Bake> change) => pipeline with
    {
        Stages = [.. pipeline.Stages.Select(stage => stage with { OneBox = stage.OneBox is { } one ? change(one) : null, BatchBake = change(stage.BatchBake), AzBake = change(stage.AzBake), RegionBake = change(stage.RegionBake) })],
    };
}
