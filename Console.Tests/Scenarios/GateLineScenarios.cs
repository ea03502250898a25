using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Tests.Scenarios;

[Trait("Category", "Scenario")]
public sealed class GateLineScenarios
{
    [Fact]
    public async Task Every_window_that_was_judged_is_on_the_line_with_its_verdict_good_ones_too()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) =>
            release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.2 } : reading);

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        var judged = scenario.Events.Where(recorded => recorded.Stream == RunStreams.Of("eu", "r1")).Select(recorded => recorded.Event).OfType<WindowJudged>()
            .SelectMany(window => window.Verdicts.Select(verdict => (verdict.Gate, window.To, verdict.Verdict))).Order().ToArray();
        var kept = scenario.Lines("r1", "eu").SelectMany(line => line.Windows.Select(window => (line.Gate, window.To, window.Verdict))).Order().ToArray();
        Assert.NotEmpty(judged);
        Assert.Equal(judged, kept);
        var errors = scenario.Lines("r1", "eu").Single(line => line.Gate == "errors").Windows;
        Assert.Contains(errors, window => window is { Verdict: Verdict.Ok, Phase: RunPhase.Observing, Value: 0.001 });
        Assert.Contains(errors, window => window is { Verdict: Verdict.Bad, Phase: RunPhase.Baking, Value: 0.2 } && window.Bounds.Most < 0.2);
    }

    [Fact]
    public async Task After_the_engine_was_killed_the_line_begins_anew_and_the_end_is_the_same()
    {
        var scenario = await SmallFleet.StartedAsync();
        await scenario.UntilAsync(() => scenario.Lines("r1", "eu").Any(line => line.Windows.Length > 2));
        var before = scenario.Lines("r1", "eu").Max(line => line.Windows.Length);
        scenario.KillAfter = scenario.Events[^1].Sequence + 1;

        await scenario.UntilAsync(() => scenario.Kills == 1);

        Assert.All(scenario.Lines("r1", "eu"), line => Assert.True(line.Windows.Length < before));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }
}
