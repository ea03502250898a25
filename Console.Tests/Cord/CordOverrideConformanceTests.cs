using System.Text.Json;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Tests.Rollouts.Calendar;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Cord;

/// <summary>Shipper's rollout blocks as pulls of the cord: an override names exactly one, one that does not exist cannot be overridden, and what remains holds.</summary>
[Trait("Category", "Conformance")]
public sealed class CordOverrideConformanceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly Host Web = new("h1", "commercial", "eu", "eua", "r1", HostRole.Web, "web", "m1", 0, HostDriver.Simulated);

    public static TheoryData<string> Blocked => Rows("blocked");

    public static TheoryData<string> Validity => Rows("override_validity");

    [Theory]
    [MemberData(nameof(Blocked))]
    public void What_is_not_overridden_by_name_holds(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var cord = Names(given, "override").Aggregate(Existing(given), (state, name) => Sent(state, name).State);
        var remaining = cord.InForce.Where(pull => !cord.Overridden(pull, "r1")).Select(pull => pull.Id).ToArray();
        Assert.Equal(Names(given, "expected_remaining").Order(StringComparer.Ordinal), remaining.Order(StringComparer.Ordinal));
        Assert.Equal(remaining.Length == 0, cord.Blocks(Web, VisitPurpose.Forward, "r1") is null);
        Assert.Equal(cord.InForce.IsEmpty, cord.Blocks(Web, VisitPurpose.Forward, "r2") is null);
    }

    [Theory]
    [MemberData(nameof(Validity))]
    public void Only_what_exists_can_be_overridden(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var refused = Names(given, "override").Where(name => Sent(Existing(given), name).Refused is { Kind: RejectionKind.NotFound });
        Assert.Equal(Names(given, "expected_invalid").Order(StringComparer.Ordinal), refused.Order(StringComparer.Ordinal));
    }

    private static (CordState State, Rejection? Refused) Sent(CordState state, string name)
    {
        var decider = new CordDecider();
        var decision = decider.Decide(state, new OverrideCord(name, "r1"), Calendars.Context(Noon));
        return (decision.Events.Aggregate(state, (now, happened) => decider.Apply(now, happened, Noon)), decision.Rejection);
    }

    private static CordState Existing(JsonElement given)
    {
        var decider = new CordDecider();
        return Names(given, "existing").Select((name, i) => new CordPulled(name, Scope.Global, CordMode.Halt, "person:ada", "outage", i + 1)).Aggregate(new CordState(), (state, pulled) => decider.Apply(state, pulled, Noon));
    }

    private static string[] Names(JsonElement given, string list) => [.. given.GetProperty(list).EnumerateArray().Select(name => name.GetString()!)];

    private static TheoryData<string> Rows(string table) => [.. Fixture.Read("shipper_emergency_blocks.json").GetProperty(table).EnumerateArray().Select(row => row.GetRawText())];
}
