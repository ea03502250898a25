using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>Argo CD's sync windows: allow is our window, deny our freeze, a manual action an override of every entry that permits one.</summary>
[Trait("Category", "Conformance")]
public sealed partial class ChangeWindowConformanceTests
{
    private const string Always = "daily";
    private static readonly DateTimeOffset Now = Calendars.At("2026-03-04 12:00");

    public static TheoryData<string> Passing => Rows("can_proceed");

    public static TheoryData<string> Activity => Rows("window_activity");

    public static TheoryData<string> InFlight => Rows("in_flight_overrun");

    [Theory]
    [MemberData(nameof(Passing))]
    public void Work_may_begin_where_theirs_may(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var windows = given.GetProperty("windows").EnumerateArray().ToArray();
        var entries = windows.Select((window, i) => Entry(window.GetProperty("kind").GetString()!, $"e{i}", window.GetProperty("active").GetBoolean() ? Always : "2020-01-01 to 2020-01-02")).ToArray();
        var passed = windows.Select((window, i) => (window, i)).Where(one => given.GetProperty("manual").GetBoolean() && one.window.GetProperty("manual_allowed").GetBoolean()).Select(one => $"e{one.i}");
        var hold = ChangeCalendar.Holds(Calendars.Of(entries).Passing([.. passed]), Calendars.Dublin, "r1", Now);
        Assert.Equal(given.GetProperty("expected_allowed").GetBoolean(), hold is null);
    }

    [Theory]
    [MemberData(nameof(Activity))]
    public void Entries_are_active_when_theirs_are(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var entries = given.GetProperty("windows").EnumerateArray()
            .Select((window, i) => Entry(window.GetProperty("kind").GetString()!, $"e{i}", $"cron {Text(window, "cron")} for {Text(window, "duration")}") with { Zone = Text(window, "zone") }).ToArray();
        if (given.GetProperty("expected_error").GetBoolean())
        {
            Assert.Contains(entries, entry => CalendarRules.Wrong(entry) is not null);
            Assert.NotNull(ChangeCalendar.Holds(Calendars.Of(entries), Calendars.Dublin, null, Now));
            return;
        }

        Assert.All(entries, entry => Assert.Null(CalendarRules.Wrong(entry)));
        var active = Moment(given.GetProperty("at_hour").GetInt32(), Text(given, "at_zone")) is var at && Text(given, "question").Contains("inactive", StringComparison.Ordinal)
            ? entries.Where(entry => entry.Kind == EntryKind.Window && !ChangeCalendar.Standing(entry, "UTC", at).Active).ToArray()
            : entries.Where(entry => ChangeCalendar.Standing(entry, "UTC", at).Active).ToArray();
        Assert.Equal(given.GetProperty("expected_count").GetInt32(), active.Length);
        if (given.GetProperty("expected_index").ValueKind == JsonValueKind.Number)
        {
            Assert.Equal($"e{given.GetProperty("expected_index").GetInt32()}", Assert.Single(active).Id);
        }
    }

    [Theory]
    [MemberData(nameof(InFlight))]
    public void Work_under_way_goes_on_where_theirs_does(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var story = Text(given, "scenario");
        var (calendar, began) = OverrunStory.Read(story, Now);
        Assert.True(given.GetProperty("expected_may_continue").GetBoolean() == ChangeCalendar.MayGoOn(calendar, Calendars.Dublin, "r1", began, Now, Overrun.FinishBatch), story);
    }

    /// <summary>Windows of the source count until the minute's end is not reached; hours are as far from any edge as it chose them.</summary>
    private static DateTimeOffset Moment(int hour, string zone) =>
        FixedZone().Match(zone) is { Success: true } match
            ? new DateTimeOffset(2026, 3, 4, hour, 0, 0, TimeSpan.FromHours(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
            : ZoneClock.Find(zone)!.First(new DateTime(2026, 3, 4, hour, 0, 0));

    private static CalendarEntry Entry(string kind, string id, string when) => kind == "deny" ? Calendars.Freeze(when, id) : Calendars.Window(when, id);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static TheoryData<string> Rows(string table) => [.. Fixture.Read("argocd_change_windows.json").GetProperty(table).EnumerateArray().Select(row => row.GetRawText())];

    [GeneratedRegex(@"^UTC([+-]\d{1,2}) fixed$")]
    private static partial Regex FixedZone();
}
