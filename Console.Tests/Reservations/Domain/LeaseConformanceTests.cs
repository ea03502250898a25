using System.Text.Json;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Reservations;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Reservations;

/// <summary>
/// Timed stories of leases, expiry, fencing, restarts and the cord. Two rules depart: a forced release takes two people here, so somebody else proposes it first; and a token that is not the
/// first one is reached by granting and releasing before the story begins.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class LeaseConformanceTests
{
    private static readonly JsonElement File = Fixture.Read("stateful-16_lease_fencing_scenarios.json");

    public static TheoryData<string> Rows() => [.. File.GetProperty("scenarios").EnumerateArray().Select(row => row.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_step_is_answered_as_told(string id)
    {
        var story = File.GetProperty("scenarios").EnumerateArray().First(one => one.GetProperty("id").GetString() == id);
        var world = new LeaseWorld();
        var first = story.GetProperty("steps").EnumerateArray().First();
        for (var token = 1; token < Number(first, "token", 1); token++)
        {
            world.Send(Acquire(first, $"before-{token}"), "person:before");
            world.Send(new ReleaseReservation("r1", "h1", token, HostHealth.Healthy), "person:before");
        }

        foreach (var step in story.GetProperty("steps").EnumerateArray())
        {
            world.At(TimeSpan.FromMinutes(step.GetProperty("t").GetDouble()));
            Answered(step, world, $"{id}, minute {step.GetProperty("t")}");
        }
    }

    private static void Answered(JsonElement step, LeaseWorld world, string when)
    {
        var host = Text(step, "host") ?? "h1";
        var actor = $"person:{Text(step, "actor") ?? "A"}";
        var token = Number(step, "token", 0);
        var ttl = TimeSpan.FromMinutes(Number(step, "ttl", 30));
        var health = Enum.Parse<HostHealth>(Text(step, "health") ?? "healthy", ignoreCase: true);
        var refused = step.GetProperty("call").GetString() switch
        {
            "acquire" => world.Send(Acquire(step, Text(step, "requestId") ?? $"{when}/{actor}"), actor),
            "renew" => world.Send(new RenewReservation("r1", host, token, ttl), actor),
            "begin" => world.Send(new AdvanceReservation("r1", host, token, ReservationState.Executing), actor),
            "release" => world.Send(new ReleaseReservation("r1", host, token, health), actor),
            "heartbeat" => world.Send(new ProveHealthy("r1", host, token, new(100, 0)), actor),
            "forceRelease" => world.Send(new ForceRelease("r1", host), "person:second") ?? world.Send(new ForceRelease("r1", host), actor, Text(step, "reason")),
            "decommission" => world.Send(new WriteOff("r1", host), "person:second", "decommissioned"),
            "repairComplete" => world.Send(new RebuildFinished("r1", host, world.Held.LastToken(host)), actor),
            "tick" => world.Send(new ExpireReservations("r1"), "engine"),
            "cord" => world.Pull(CordMode.Halt),
            "restartEngine" => world.Restart(),
            var other => throw new InvalidOperationException($"the call '{other}' is not known"),
        };

        if (Text(step, "expect") is { } expected)
        {
            var denied = expected.StartsWith("Denied:", StringComparison.Ordinal);
            Assert.True(denied == refused is not null, $"{when}: {refused?.ToString() ?? "accepted"}");
            Assert.True(!denied || refused!.Code.Replace("-", "", StringComparison.Ordinal).Equals($"reservation.{expected["Denied:".Length..]}", StringComparison.OrdinalIgnoreCase), $"{when}: {refused?.Code}");
        }

        if (Text(step, "blocking_host") is { } blocking)
        {
            Assert.Contains(blocking, refused!.Evidence["blocking"].Split(','));
        }

        Holds(step, world, host, token, when);
    }

    private static void Holds(JsonElement step, LeaseWorld world, string host, long token, string when)
    {
        if (Text(step, "expect") == "Granted" && token > 0)
        {
            Assert.Equal((when, token), (when, world.Held.Charged[host].Token));
        }

        if (Text(step, "expect_state") is { } state)
        {
            Assert.Equal((when, state), (when, world.Held.Charged.TryGetValue(host, out var held) ? held.State.ToString() : "Released"));
        }

        if (step.TryGetProperty("expires", out var expires))
        {
            Assert.Equal(world.Start.AddMinutes(expires.GetDouble()), world.Held.Charged[host].Expires);
        }

        Assert.Equal((when, Number(step, "offline_charged", world.Held.Charged.Count)), (when, world.Held.Charged.Count));
        Assert.Equal((when, Number(step, "casualties", world.Held.Casualties)), (when, world.Held.Casualties));
    }

    private static RequestReservations Acquire(JsonElement step, string request) =>
        new("r1", request, [Text(step, "host") ?? "h1"], WorkerKind.PlannedAutomation, [new(ActivityKind.OsPatch)], TimeSpan.FromMinutes(Number(step, "ttl", 30)));

    private static string? Text(JsonElement step, string name) => step.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long Number(JsonElement step, string name, long otherwise) => step.TryGetProperty(name, out var value) ? value.GetInt64() : otherwise;
}
