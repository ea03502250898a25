using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Queue;
using OpsConsole.Tests.Scenarios;
using OpsConsole.Tests.World;
using SmallFleet = OpsConsole.Tests.Scenarios.SmallFleet;

namespace OpsConsole.Tests.Rollouts.Policy;

/// <summary>
/// Flagger's weights as shares of regions, its phases as states, its answers as readings. Three rules depart. There is no promotion: hosts change in place, so no
/// second side is rewritten after the last weight, and what fails late is taken back like what fails early. A weight above 100 is an error of the file and not
/// taken for 100. And NaN is Missing whichever source gave it (law 8).
/// </summary>
[Trait("Category", "Conformance")]
public sealed class FlaggerProgressionConformanceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Weights => Rows("weight_sequences");

    public static TheoryData<string> Phases => Rows("phase_sequences");

    public static TheoryData<string> Failures => Rows("failure_rows");

    public static TheoryData<string> Answers => Rows("query_answer_rows");

    [Theory]
    [MemberData(nameof(Weights))]
    public void Shares_rise_as_their_weights_and_the_rest_is_one_last_wave(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var expected = given.GetProperty("expected_canary_weights").EnumerateArray().Select(weight => weight.GetInt32()).Skip(1).ToArray();
        var asked = Shares(given.GetProperty("config"));
        Assert.Equal(asked.Any(share => share > 100), PipelineRules.Check(Pipeline(asked)).Any(error => error.Path == "stages[0].waves"));
        Assert.Equal(expected[^1] == 100 ? expected : [.. expected, 100], Reached([.. asked.Select(share => Math.Min(share, 100))]));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task States_follow_their_phases_without_a_promotion(string row)
    {
        var expected = JsonDocument.Parse(row).RootElement.GetProperty("expected").EnumerateArray().Select(step => (Phase: step[0].GetString()!, Weight: step[1])).ToArray();
        var scenario = await SmallFleet.StartedAsync();
        var seen = new List<RolloutStatus> { scenario.Rollout().Status };
        await scenario.UntilAsync(() =>
        {
            seen.Add(scenario.Rollout().Status);
            return scenario.Rollout().Ended;
        });

        var mapped = expected.Select(step => Mapped(step.Phase)).OfType<RolloutStatus>().Distinct().ToArray();
        Assert.Equal(mapped, seen.Distinct().SkipWhile(status => status != mapped[0]).TakeWhile(status => status <= mapped[^1]));
        if (expected.Any(step => step.Weight.ValueKind == JsonValueKind.Object && step.Weight.GetProperty("mirrored").GetBoolean()))
        {
            // Mirrored traffic reaches no customer: so it is with validators, and they are first.
            Assert.All(scenario.Hosts.Received.TakeWhile(command => command.Host.Validator || command.Host.Az.Length == 0), command => Assert.True(command.Host.Validator));
            Assert.True(scenario.Hosts.Received[0].Host.Validator);
        }

        var weights = expected.Where(step => step is { Phase: "progressing", Weight.ValueKind: JsonValueKind.Number }).Select(step => step.Weight.GetInt32()).Where(weight => weight > 0).Distinct().ToArray();
        Assert.Equal(weights, Reached([.. weights]).Take(weights.Length));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_fails_ends_as_theirs_where_it_can_happen_here(string row)
    {
        var given = JsonDocument.Parse(row).RootElement.GetProperty("given").GetString()!;
        if (given.Contains("failed checks", StringComparison.Ordinal))
        {
            await TheLastCheckAllowedIsFollowedWithinTwoTicks();
        }
        else if (given.Contains("promoting", StringComparison.Ordinal) || given.Contains("finalising", StringComparison.Ordinal))
        {
            await TheLastHostThatDoesNotComeUpTakesNothingHealthyWithIt();
        }
        else if (given.Contains("new version arrives", StringComparison.Ordinal))
        {
            await ANewerReleaseBeginsAnew();
        }
        else
        {
            Assert.Fail($"no rule of ours answers: {given}");
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_a_value_or_blocks(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var (answer, expected) = (given.GetProperty("answer").GetString()!.ToLowerInvariant(), given.GetProperty("expected").GetString()!);
        var isValue = expected.StartsWith("value", StringComparison.OrdinalIgnoreCase);
        if (Says(answer, "not defined", "no query"))
        {
            Assert.False(isValue);
            Assert.Contains(PipelineRules.Check(Pipeline([]) with { Gates = [new("errors", "") { Max = 1 }] }), error => error.Path == "gates[0].metric");
            return;
        }

        var well = new Reading(Metrics.ErrorRate, "router", 0.5, 100);
        var reading = Says(answer, "nan") ? well with { Value = double.NaN }
            : Says(answer, "empty", "zero rows", "no rows", "no data", "no value", "null", "nothing") ? well with { Value = null, Samples = 0 }
            : !isValue && Says(answer, "error", "fail", "timeout", "unreachable", "status", "several", "many", "multiple", "two", "more than one") ? well with { Value = null, Failure = answer }
            : well;
        var verdict = GateJudge.Judge(new("errors", Metrics.ErrorRate) { Max = 1 }, "eu", new(Noon, Noon, [reading]), []).Verdict;
        Assert.Equal(isValue ? Verdict.Ok : reading.Failure is null ? Verdict.Missing : Verdict.Error, verdict);
    }

    private static async Task TheLastCheckAllowedIsFollowedWithinTwoTicks()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Health.Seen = (release, _, reading) => release == SmallFleet.New && reading.Metric == Metrics.ErrorRate ? reading with { Value = 0.4 } : reading);
        await scenario.UntilAsync(() => scenario.Run().Gates.TryGetValue("errors", out var standing) && standing.Last.Count(verdict => verdict == Verdict.Bad) == 2);
        await scenario.ForAsync(TimeSpan.FromMilliseconds(400));
        Assert.Equal(RolloutStatus.RollingBack, scenario.Rollout().Status);
    }

    private static async Task TheLastHostThatDoesNotComeUpTakesNothingHealthyWithIt()
    {
        var scenario = await SmallFleet.StartedAsync(it => it.Hosts.FaultOf = command => command is { Host.Id: "us-c2", Release: SmallFleet.New, Step: HostStep.Start } ? Fault.Errors : Fault.None);
        await scenario.UntilAsync(() => scenario.Rollout().Status == RolloutStatus.RollingBack);
        Assert.Equal(["us-c2"], SmallFleet.All(scenario).Where(host => host.State != HostState.InService).Select(host => host.Id));
        await scenario.UntilAsync(() => scenario.Rollout().Ended);
        SmallFleet.IsRolledBack(scenario);
        scenario.LawsHold();
    }

    private static async Task ANewerReleaseBeginsAnew()
    {
        var scenario = await SmallFleet.StartedAsync(change: pipeline => pipeline with { Supersede = SupersedePolicy.Replace });
        await scenario.MustAsync(new RegisterRelease(SmallFleet.Release("5.0")));
        await scenario.UntilAsync(() => scenario.Run() is { Stage: 1, Phase: RunPhase.Baking });
        await scenario.MustAsync(new StartRollout("r5", "web", "5.0", "web"));
        await scenario.UntilAsync(() => scenario.Rollout("r5").Ended);
        Assert.Equal((RolloutStatus.Superseded, RolloutStatus.Completed), (scenario.Rollout().Status, scenario.Rollout("r5").Status));
        Assert.True(scenario.Hosts.Received.First(command => command.Release == "5.0").Host.Validator);
    }

    private static RolloutStatus? Mapped(string phase) => phase switch
    {
        "initialized" => RolloutStatus.Planned,
        "progressing" => RolloutStatus.Running,
        "succeeded" => RolloutStatus.Completed,
        "promoting" or "finalising" => null,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not one of their phases"),
    };

    private static int[] Shares(JsonElement config)
    {
        if (config.TryGetProperty("step_weights", out var weights))
        {
            return [.. weights.EnumerateArray().Select(weight => weight.GetInt32())];
        }

        var (step, most) = (config.GetProperty("step_weight").GetInt32(), config.TryGetProperty("max_weight", out var max) ? max.GetInt32() : 100);
        return [.. Enumerable.Range(1, (most + step - 1) / step).Select(n => n * step)];
    }

    /// <summary>The share of a hundred regions that each wave brings the stage to.</summary>
    private static int[] Reached(ImmutableArray<int> shares)
    {
        var sum = 0;
        return [.. WaveSizes.Of(Pipeline(shares).Stages[0], 100).Select(size => sum += size)];
    }

    private static Pipeline Pipeline(IEnumerable<int> shares) => new("web", "web", [new("rest", StageHosts.Regions) { Waves = [.. shares] }]);

    private static bool Says(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static TheoryData<string> Rows(string table) => [.. Fixture.Read("flagger_progression.json").GetProperty(table).EnumerateArray().Select(row => row.GetRawText())];
}
