using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.Rollouts.Calendar;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts;

/// <summary>
/// Argo Rollouts' progress deadline, as our batch deadline. Its other tables have no counterpart: our rollback is always the fast way and paced by capacity, with no
/// window of revisions, and nothing of ours skips a step (a gate that can be skipped by a flag is none).
/// </summary>
[Trait("Category", "Conformance")]
public sealed class ProgressDeadlineConformanceTests
{
    private static readonly DateTimeOffset Now = Calendars.At("2026-03-04 12:00");

    public static TheoryData<string> Deadlines => [.. Fixture.Read("argo_rollback_deadline_promote.json").GetProperty("progress_deadline").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Deadlines))]
    public void What_makes_no_progress_in_time_is_late_and_what_is_held_is_not(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var state = given.GetProperty("state").GetString()!;
        var since = given.GetProperty("seconds_since_progress") is { ValueKind: JsonValueKind.Number } seconds ? seconds.GetDouble() : (double?)null;
        var limit = TimeSpan.FromSeconds(Math.Max(1, given.GetProperty("deadline_s").GetDouble()));
        var plan = new RolloutPlan("web", "2.0", "sha256:0", "1.0", [new("one", [new([new("eu", "commercial", [new("eua", BatchKind.Batch, ["eu-a1"], Bake.None)])])])]);
        var pipeline = new Pipeline("web", "web", [new("one", StageHosts.Regions)]) { Limits = new() { Batch = limit } };
        var decider = new RolloutDecider();
        var began = Now.AddSeconds(-(since ?? 0));
        var rollout = decider.Apply(new Rollout("r1"), new RolloutStarted(RolloutKind.Forward, null, pipeline, 1, plan, plan.Hash(), "person:ada", null), began);
        rollout = decider.Apply(rollout, new WaveOpened(0, 0), began);
        var runs = new RunDecider();
        var run = new RegionRun("eu", "r1");
        if (since is not null)
        {
            run = runs.Apply(run, new RunStageBegan(0, 1, false, 0), began);
            run = runs.Apply(run, new BatchBegan(0, "eua", ["eu-a1"]), began);
        }

        rollout = state.Contains("paused", StringComparison.OrdinalIgnoreCase) ? decider.Apply(rollout, new RolloutPaused("person:ada", "lunch", Now.AddHours(1)), began) : rollout;
        var world = new GivenStates((RolloutStreams.Of("r1"), rollout), (FleetStreams.Of("eu"), new RegionFleet("eu")));
        var due = runs.Decide(run, new AdvanceRun("eu", "r1", null), new(Now, Actor.Engine, null, world)).Events;
        var late = due.OfType<RunHalted>().Any(halt => halt.Kind == HaltKind.Asks);
        Assert.Equal(given.GetProperty("expected_timed_out").GetBoolean(), late);
    }
}
