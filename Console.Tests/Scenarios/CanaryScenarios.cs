using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Tests.Scenarios;

/// <summary>Bakes judged by statistics: hosts that run the release against those that do not.</summary>
[Trait("Category", "Scenario")]
public sealed class CanaryScenarios
{
    private static readonly Chance Noise = new(7);

    private static readonly CanaryRule Rule = new() { Harm = Harm.Increase, Floor = 0.2, Within = 0.5 };

    [Fact]
    public async Task A_release_that_is_somewhat_slower_passes_every_limit_and_is_caught_by_the_canary_gate()
    {
        var scenario = await StartedAsync((release, _) => release == SmallFleet.New ? 1.6 : 1);

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        SmallFleet.IsRolledBack(scenario);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Release == SmallFleet.New && command.Host.Az != "eua" && !command.Host.Validator);
        var evidence = scenario.Rollout().Evidence!;
        Assert.Equal(("latency-canary", Verdict.Bad, Metrics.LatencyP99), (evidence.Gate, evidence.Verdict, evidence.Metric));
        var compared = evidence.Compared!;
        Assert.InRange(compared.Effect!.Value, 0.45, 0.75);
        Assert.InRange(compared.BaselineMedian, 18, 22);
        Assert.True(compared.Low > 5 && compared.High < 20 && compared.Count >= 4 && compared.BaselineCount > compared.Count);
        foreach (var said in new[] { "above the baseline by more than 20 % and beyond chance", $"of {compared.Count} points against", "% interval", "% of the baseline" })
        {
            Assert.Contains(said, evidence.Sentence, StringComparison.Ordinal);
        }

        scenario.LawsHold();
    }

    [Fact]
    public async Task The_same_release_travels_where_nobody_compares()
    {
        var scenario = await StartedAsync((release, _) => release == SmallFleet.New ? 1.6 : 1, rule: null);

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
    }

    [Fact]
    public async Task A_release_as_good_as_the_old_one_reaches_every_host_and_the_last_one_has_nothing_to_be_compared_with()
    {
        var scenario = await StartedAsync((_, _) => 1);

        await scenario.UntilAsync(() => scenario.Rollout().Ended);

        Assert.True(scenario.Rollout().Status == RolloutStatus.Completed, scenario.Describe());
        Assert.All(SmallFleet.All(scenario), host => Assert.Equal(SmallFleet.New, host.Release));
        scenario.LawsHold();
    }

    [Fact]
    public async Task A_canary_without_data_extends_the_bake_and_then_asks_a_person()
    {
        var scenario = await StartedAsync((release, _) => release == SmallFleet.New ? double.NaN : 1);

        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.NeedsOperator, TimeSpan.FromMinutes(5));

        Assert.Contains("latency-canary is Missing", scenario.Rollout().Why, StringComparison.Ordinal);
        Assert.DoesNotContain(scenario.Hosts.Received, command => command.Release == SmallFleet.New && command.Host.Az != "eua" && !command.Host.Validator);
        scenario.LawsHold();
    }

    [Fact]
    public async Task Killed_between_two_looks_the_engine_comes_to_the_same_verdict()
    {
        var whole = await StartedAsync((release, _) => release == SmallFleet.New ? 1.6 : 1);
        await whole.UntilAsync(() => whole.Rollout().Ended);
        await whole.ForAsync(TimeSpan.FromSeconds(1));
        var judged = whole.Events.Where(recorded => recorded.Event is WindowJudged one && one.Verdicts.Any(verdict => verdict.Gate == "latency-canary")).Select(recorded => recorded.Sequence).ToArray();

        Assert.NotEmpty(judged);
        foreach (var at in judged)
        {
            var scenario = await StartedAsync((release, _) => release == SmallFleet.New ? 1.6 : 1, it => it.KillAfter = at);
            await scenario.UntilAsync(() => scenario.Rollout().Ended);
            await scenario.ForAsync(TimeSpan.FromSeconds(1));

            Assert.Equal(1, scenario.Kills);
            SmallFleet.IsRolledBack(scenario);
            Assert.True(whole.CommandIds.SequenceEqual(scenario.CommandIds), string.Join(", ", whole.CommandIds.Except(scenario.CommandIds).Concat(scenario.CommandIds.Except(whole.CommandIds))));
        }
    }

    private static Task<Scenario> StartedAsync(Func<string?, string, double> times, Action<Scenario>? before = null) => StartedAsync(times, Rule, before);

    /// <summary>Latency around 20 ms on every host, times what its release makes of it; the limit of the pipeline is twice the baseline.</summary>
    private static Task<Scenario> StartedAsync(Func<string?, string, double> times, CanaryRule? rule, Action<Scenario>? before = null) =>
        SmallFleet.StartedAsync(
            it =>
            {
                before?.Invoke(it);
                it.Health.Seen = (_, query, reading) => reading.Metric != Metrics.LatencyP99 || !query.Series ? reading
                    : reading with { Series = Series(it, query, query.Candidates, times), BaselineSeries = Series(it, query, query.Baseline, times) };
            },
            pipeline => rule is null ? pipeline : pipeline with { Gates = [.. pipeline.Gates, new Gate("latency-canary", Metrics.LatencyP99) { Canary = rule, OverBake = true }] });

    private static ImmutableArray<double> Series(Scenario scenario, HealthQuery query, ImmutableArray<string> hosts, Func<string?, string, double> times)
    {
        var slices = SeriesSlices.Of(query.From.ToUnixTimeSeconds(), query.To.ToUnixTimeSeconds());
        return [.. from host in hosts from slice in Enumerable.Range(0, slices.Count) select 20 * times(scenario.Hosts.Running(host), host) * Noise.Between(0.92, 1.08, host, $"{slices.Start(slice)}")];
    }
}
