using System.Text.Json;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>Shipper's rollout blocks as freezes: an override names exactly one of them, one that does not exist cannot be overridden, and what remains holds.</summary>
[Trait("Category", "Conformance")]
public sealed class RolloutBlockConformanceTests
{
    private static readonly DateTimeOffset Now = Calendars.At("2026-03-04 12:00");

    public static TheoryData<string> Blocked => Rows("blocked");

    public static TheoryData<string> Validity => Rows("override_validity");

    [Theory]
    [MemberData(nameof(Blocked))]
    public void What_is_not_overridden_by_name_holds(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var calendar = Names(given, "override").Aggregate(Existing(given), (state, name) => Sent(state, name).State);
        var remaining = ChangeCalendar.Holds(calendar, Calendars.Dublin, "r1", Now)?.Entries.Select(entry => entry.Entry) ?? [];
        Assert.Equal(Names(given, "expected_remaining").Order(StringComparer.Ordinal), remaining.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Validity))]
    public void Only_what_exists_can_be_overridden(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var refused = Names(given, "override").Where(name => Sent(Existing(given), name).Refused is { Kind: RejectionKind.NotFound });
        Assert.Equal(Names(given, "expected_invalid").Order(StringComparer.Ordinal), refused.Order(StringComparer.Ordinal));
    }

    /// <summary>The override as a person sends it: through the decider, folded into the state.</summary>
    private static (CalendarState State, Rejection? Refused) Sent(CalendarState state, string name)
    {
        var decider = new CalendarDecider();
        var decision = decider.Decide(state, new OverrideEntry(name, null, TimeSpan.FromHours(1)), Calendars.Context(Now));
        return (decision.Events.Aggregate(state, (now, happened) => decider.Apply(now, happened, Now)), decision.Rejection);
    }

    private static CalendarState Existing(JsonElement given) => Calendars.Of([.. Names(given, "existing").Select(name => Calendars.Freeze("daily", name))]);

    /// <summary>Their names hold a slash, which ours may not.</summary>
    private static string[] Names(JsonElement given, string list) => [.. given.GetProperty(list).EnumerateArray().Select(name => name.GetString()!.Replace('/', '.'))];

    private static TheoryData<string> Rows(string table) => [.. Fixture.Read("shipper_emergency_blocks.json").GetProperty(table).EnumerateArray().Select(row => row.GetRawText())];
}
