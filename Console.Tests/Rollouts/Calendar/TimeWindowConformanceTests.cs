using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.Rollouts.Calendar;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>
/// Spinnaker's time windows: the next opening. Theirs end with their last minute, ours at a moment: theirs until 13:00 is ours until 13:01.
/// We depart in one rule, and the fixture says where: upstream's shown start falls on a day that is not allowed when it rolls over; ours is the right one.
/// </summary>
[Trait("Category", "Conformance")]
public sealed class TimeWindowConformanceTests
{
    private const string Zone = "America/Los_Angeles";
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static TheoryData<string> Openings => [.. Fixture.Read("spinnaker_windows_gates_guards.json").GetProperty("time_windows").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Openings))]
    public void The_next_opening_is_theirs_or_the_right_one_where_theirs_is_wrong(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var clock = ZoneClock.Find(Zone)!;
        var days = given.GetProperty("days").EnumerateArray().Select(day => Days[day.GetInt32() - 1]).ToArray();
        var times = given.GetProperty("windows").EnumerateArray().Select(window => $"{window[0].GetString()}-{After(window[1].GetString()!)}").ToArray();
        var entry = Calendars.Window($"{(days.Length == 0 ? "daily" : string.Join(',', days))} {string.Join(", ", times)}".Trim(), zone: Zone);
        Assert.Null(CalendarRules.Wrong(entry));
        var at = clock.First(Read(given.GetProperty("requested")));
        var opens = ChangeCalendar.Holds(Calendars.Of(entry), Calendars.Dublin, null, at)?.Opens ?? at;
        var expected = given.TryGetProperty("correct_expected", out var correct) ? correct : given.GetProperty("expected_start");
        Assert.Equal(Read(expected), clock.Reads(opens));
        Assert.Null(ChangeCalendar.Holds(Calendars.Of(entry), Calendars.Dublin, null, opens));
    }

    public static TheoryData<string> Jitters => [.. Fixture.Read("spinnaker_windows_gates_guards.json").GetProperty("jitter").EnumerateArray().Select(row => row.GetRawText())];

    /// <summary>
    /// Theirs may add a wait by chance, so that many pipelines do not begin at the opening together. Ours adds none, whatever they say: a forecast is to be the run, and what begins together is paced by
    /// one AZ at a time, velocity and the queue.
    /// </summary>
    [Theory]
    [MemberData(nameof(Jitters))]
    public void A_window_opens_when_it_says_however_long_before_one_asks(string row)
    {
        var given = JsonDocument.Parse(row).RootElement;
        var opening = ZoneClock.Find(Zone)!.First(new DateTime(2026, 1, 6, 9, 0, 0));
        var calendar = Calendars.Of(Calendars.Window("daily 09:00-17:00", zone: Zone));

        Assert.All(new[] { "min_s", "max_s" }, wait => Assert.Equal(opening, ChangeCalendar.Holds(calendar, Calendars.Dublin, null, opening.AddSeconds(-1 - given.GetProperty(wait).GetInt32()))?.Opens));
        Assert.Null(ChangeCalendar.Holds(calendar, Calendars.Dublin, null, opening));
    }

    private static string After(string minute) => minute == "23:59" ? "24:00" : TimeOnly.Parse(minute, CultureInfo.InvariantCulture).AddMinutes(1).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static DateTime Read(JsonElement text) => DateTime.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
