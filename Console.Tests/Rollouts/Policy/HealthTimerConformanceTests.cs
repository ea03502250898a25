using System.Text.Json;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts.Policy;

/// <summary>
/// Service Fabric's wait, stable and retry times. Two rules depart. What was unhealthy adds up, so that flapping ends at a second that can be told before; theirs
/// goes on until a deadline, and its deadlines are infinite by default. And no time of ours is longer than 30 days: every wait is finite.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class HealthTimerConformanceTests
{
    private const int Horizon = 20_000;
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Timers => Rows("timer_rows");

    public static TheoryData<string> Validations => Rows("validation_rows");

    [Theory]
    [MemberData(nameof(Timers))]
    public void Passes_or_fails_at_their_second_and_flapping_ends_at_ours(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var timer = new HealthTimer { Wait = Seconds(given, "wait"), Stable = Seconds(given, "stable"), Retry = Seconds(given, "retry") };
        var (how, at) = Run(timer, given);
        var expected = given.GetProperty("expected").GetString()!;
        Assert.Equal(expected is "pass" or "fail" or "timeout" ? (expected, given.GetProperty("expected_at_second").GetInt32()) : ("never", Horizon), (how, at));
        if (!given.TryGetProperty("health_flips_every_seconds", out var flips))
        {
            return;
        }

        foreach (var budget in new[] { 30, 60, 95 })
        {
            var (ended, when) = Run(timer with { Budget = TimeSpan.FromSeconds(budget) }, given);
            Assert.Equal(("fail", Exhausted(given, flips.GetInt32(), budget)), (ended, when));
        }
    }

    [Theory]
    [MemberData(nameof(Validations))]
    public void Deadlines_that_leave_no_room_are_refused_as_theirs(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var timer = new HealthTimer { Wait = Seconds(given, "wait"), Stable = Seconds(given, "stable"), Retry = Seconds(given, "retry") };
        var (az, stage) = (Seconds(given, "domain_timeout"), Seconds(given, "overall_timeout"));
        var first = given.GetProperty("first_violation").GetString() switch
        {
            null => null,
            "overall<=wait+retry" => "limits.stage must be longer than wait and retry together.",
            "domain<=wait+retry" => "limits.az must be longer than wait and retry together.",
            "overall<=wait+stable" => "limits.stage must be longer than wait and stable together.",
            "domain<=wait+stable" => "limits.az must be longer than wait and stable together.",
            "overall<domain" => "limits.stage must not be shorter than limits.az.",
            var other => $"an unknown violation, {other}",
        };
        Assert.Equal(first, timer.Wrong(az, stage));

        var pipeline = new Pipeline("web", "web", [new("one", StageHosts.Regions)]) { Limits = new() { Az = az, Stage = stage }, Gates = [new("errors", Metrics.ErrorRate) { Max = 0.1, Timer = timer }] };
        var errors = PipelineRules.Check(pipeline);
        Assert.Equal(given.GetProperty("expected_valid").GetBoolean(), errors.All(error => error.Path.StartsWith("limits.", StringComparison.Ordinal)));
        Assert.Equal(az > TimeSpan.FromDays(30), errors.Any(error => error.Path == "limits.az"));
        Assert.Equal(stage > TimeSpan.FromDays(30), errors.Any(error => error.Path == "limits.stage"));
    }

    /// <summary>Their order in each check: the deadline, the wait, health.</summary>
    private static (string How, int Second) Run(HealthTimer timer, JsonElement given)
    {
        var every = given.GetProperty("check_every").GetInt32();
        var deadline = given.GetProperty("domain_timeout") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : int.MaxValue;
        HealthClock? clock = null;
        for (var at = 0; at < Horizon; at += every)
        {
            if (at >= deadline)
            {
                return ("timeout", at);
            }

            clock = timer.After(clock, Noon, Healthy(given, at) ? Verdict.Ok : Verdict.Bad, Noon.AddSeconds(at - every), Noon.AddSeconds(at));
            if (timer.Says(clock) is Verdict.Ok or Verdict.Bad)
            {
                return (timer.Says(clock) == Verdict.Ok ? "pass" : "fail", at);
            }
        }

        return ("never", Horizon);
    }

    private static bool Healthy(JsonElement given, int at) =>
        given.TryGetProperty("health_flips_every_seconds", out var flips)
            ? at / flips.GetInt32() % 2 == 0
            : given.GetProperty("health_from_second").EnumerateArray().Last(from => from.GetProperty("at").GetInt32() <= at).GetProperty("healthy").GetBoolean();

    /// <summary>Counted by hand: each check that finds it bad adds the time since the check before, none before the wait is over.</summary>
    private static int Exhausted(JsonElement given, int flips, int budget)
    {
        var (wait, every, bad) = (given.GetProperty("wait").GetInt32(), given.GetProperty("check_every").GetInt32(), 0);
        for (var at = 0; ; at += every)
        {
            bad += at / flips % 2 == 1 ? Math.Min(every, Math.Max(0, at - wait)) : 0;
            if (bad >= budget && at / flips % 2 == 1)
            {
                return at;
            }
        }
    }

    /// <summary>What has no end in theirs is longer than any time of ours.</summary>
    private static TimeSpan Seconds(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } seconds ? TimeSpan.FromSeconds(seconds.GetInt64()) : TimeSpan.FromDays(20_000);

    private static TheoryData<string> Rows(string table) => [.. Fixture.Read("servicefabric_staged_upgrade_health.json").GetProperty(table).EnumerateArray().Select(row => row.GetRawText())];
}
