using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>The stated rules where clocks jump: a reading that is skipped is the moment of the jump; of one that comes twice, beginnings take the first, freezes end with the last and windows with the first.</summary>
public sealed class DaylightSavingTests
{
    private static readonly string[] Zones =
    [
        "Europe/Dublin", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "America/Santiago", "Africa/Cairo", "Africa/Casablanca",
        "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia", "Pacific/Chatham", "UTC",
    ];

    [Fact]
    public void A_skipped_beginning_is_the_moment_of_the_jump()
    {
        // In Berlin 2026-03-29 02:00 is followed by 03:00, which is 01:00 UTC.
        var window = Calendars.Window("daily 02:30-04:00", zone: "Europe/Berlin");
        Assert.Equal(new Span(Calendars.At("2026-03-29 01:00"), Calendars.At("2026-03-29 02:00")), Assert.Single(ChangeCalendar.Spans(window, "UTC", Calendars.At("2026-03-29 00:00"), Calendars.At("2026-03-29 12:00"))));
    }

    [Fact]
    public void A_range_that_is_skipped_as_a_whole_does_not_happen()
    {
        var freeze = Calendars.Freeze("daily 02:10-02:50", zone: "Europe/Berlin");
        Assert.Empty(ChangeCalendar.Spans(freeze, "UTC", Calendars.At("2026-03-28 22:00"), Calendars.At("2026-03-29 20:00")));
    }

    [Fact]
    public void An_end_that_comes_twice_ends_a_freeze_late_and_a_window_early()
    {
        // In Berlin 2026-10-25 02:00 to 03:00 comes twice: from 00:00 UTC and from 01:00 UTC.
        var (from, to) = (Calendars.At("2026-10-24 12:00"), Calendars.At("2026-10-25 12:00"));
        Assert.Equal(Calendars.At("2026-10-25 01:30"), ChangeCalendar.Spans(Calendars.Freeze("daily 01:00-02:30", zone: "Europe/Berlin"), "UTC", from, to).Single().To);
        Assert.Equal(Calendars.At("2026-10-25 00:30"), ChangeCalendar.Spans(Calendars.Window("daily 01:00-02:30", zone: "Europe/Berlin"), "UTC", from, to).Single().To);
    }

    [Fact]
    public void Cron_fires_once_where_a_time_comes_twice_and_lasts_by_the_stopwatch()
    {
        var freeze = Calendars.Freeze("cron 30 2 * * * for 3h", zone: "Europe/Berlin");
        Assert.Equal(
            new Span(Calendars.At("2026-10-25 00:30"), Calendars.At("2026-10-25 03:30")),
            Assert.Single(ChangeCalendar.Spans(freeze, "UTC", Calendars.At("2026-10-24 12:00"), Calendars.At("2026-10-25 12:00"))));
        Assert.Equal(
            new Span(Calendars.At("2026-03-29 01:00"), Calendars.At("2026-03-29 04:00")),
            Assert.Single(ChangeCalendar.Spans(freeze, "UTC", Calendars.At("2026-03-28 12:00"), Calendars.At("2026-03-29 12:00"))));
    }

    /// <summary>At every quarter of an hour around every jump of 2026 to 2030: a window never holds outside its readings, a freeze holds at all of them.</summary>
    [Fact]
    public void Around_every_jump_windows_are_never_too_long_and_freezes_never_too_short()
    {
        var jumps = 0;
        foreach (var zone in Zones)
        {
            var clock = ZoneClock.Find(zone)!;
            for (var hour = Calendars.At("2026-01-01"); hour < Calendars.At("2031-01-01"); hour = hour.AddHours(6))
            {
                if (clock.Reads(hour.AddHours(6)) - clock.Reads(hour) == TimeSpan.FromHours(6))
                {
                    continue;
                }

                jumps++;
                foreach (var (text, from, to) in new[] { ("00:00-01:00", 0, 60), ("00:30-02:30", 30, 150), ("01:15-01:45", 75, 105), ("02:15-02:45", 135, 165), ("02:00-04:00", 120, 240), ("22:00-03:00", 1320, 180), ("00:00-24:00", 0, 1440) })
                {
                    var (window, freeze) = (Calendars.Window($"daily {text}"), Calendars.Freeze($"daily {text}"));
                    for (var at = hour.AddHours(-4); at < hour.AddHours(10); at = at.AddMinutes(15))
                    {
                        var reads = clock.Reads(at).Hour * 60 + clock.Reads(at).Minute;
                        var within = from < to ? reads >= from && reads < to : reads >= from || reads < to;
                        Assert.True(within || !ChangeCalendar.IsActive(window with { Zone = zone }, "UTC", at), $"{zone}: the window {text} holds at {at:u}, when the clock reads {clock.Reads(at):HH:mm}");
                        Assert.True(!within || ChangeCalendar.IsActive(freeze with { Zone = zone }, "UTC", at), $"{zone}: the freeze {text} does not hold at {at:u}, when the clock reads {clock.Reads(at):HH:mm}");
                    }
                }
            }
        }

        Assert.True(jumps > 80, $"only {jumps} jumps were met");
    }

    /// <summary>The opening that is shown is the first moment that is open: every quarter of an hour before it is closed.</summary>
    [Theory]
    [InlineData("Europe/Dublin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void The_opening_shown_is_the_first_open_moment(string zone)
    {
        var random = new Random(20260329);
        var calendar = Calendars.Of(
            Calendars.Window("mon-fri 09:00-12:00, 13:30-17:00", zone: zone),
            Calendars.Freeze("cron 0 8 1,15 * * for 2d4h", "paydays", zone),
            Calendars.Freeze("fri 15:00-24:00", "fridays", zone),
            Calendars.Freeze("2026-12-18 12:00 to 2027-01-04 06:00", "season", zone));
        for (var n = 0; n < 200; n++)
        {
            var at = Calendars.At("2026-01-01").AddMinutes(15 * random.Next(40_000));
            if (ChangeCalendar.Holds(calendar, Calendars.Dublin, null, at) is not { } hold)
            {
                continue;
            }

            var opens = hold.Opens!.Value;
            Assert.Null(ChangeCalendar.Holds(calendar, Calendars.Dublin, null, opens));
            for (var before = at; before < opens; before = before.AddMinutes(15))
            {
                Assert.True(ChangeCalendar.Holds(calendar, Calendars.Dublin, null, before) is not null, $"seed 20260329: open at {before:u}, before the {opens:u} that was shown at {at:u}");
            }
        }
    }
}
