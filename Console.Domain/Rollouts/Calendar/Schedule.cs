using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>
/// When an entry of the calendar is active, as its occurrences on the days of a clock on the wall. Written in one of three forms:
/// <c>mon-fri 22:00-05:00, 12:00-13:00</c>; <c>cron 0 22 * * 5 for 58h</c>; <c>2026-12-20 00:00 to 2027-01-02 06:00</c>.
/// </summary>
public abstract record Schedule
{
    /// <summary>How many days after the day it begins an occurrence may still be active.</summary>
    public abstract int Reach { get; }

    /// <summary>The occurrences that begin on a day, in their order.</summary>
    /// <param name="careful">Where clocks go back and an end comes twice: true for the last of the two (freezes), false for the first (windows).</param>
    public abstract IEnumerable<Span> On(DateOnly day, ZoneClock clock, bool careful);

    /// <summary>Reads the written form; the second value says what is wrong where it is not one.</summary>
    public static (Schedule? Read, string? Wrong) Parse(string text)
    {
        if (text.Length > 200)
        {
            return (null, "it is longer than 200 characters");
        }

        return text.StartsWith("cron ", StringComparison.Ordinal) ? CronSchedule.Parse(text["cron ".Length..])
            : text.Length > 0 && char.IsAsciiDigit(text[0]) && text.Contains(" to ", StringComparison.Ordinal) ? OnceSchedule.Parse(text)
            : WeeklySchedule.Parse(text);
    }

    /// <summary>The occurrence that holds a moment, the one that lasts longest where there are several; null where none does.</summary>
    public Span? Covering(DateTimeOffset at, ZoneClock clock, ImmutableArray<DateOnly> except, bool careful)
    {
        Span? found = null;
        var today = DateOnly.FromDateTime(clock.Reads(at));
        for (var day = today.AddDays(-Reach); day <= today; day = day.AddDays(1))
        {
            if (except.Contains(day))
            {
                continue;
            }

            foreach (var span in On(day, clock, careful).Where(span => span.Holds(at)))
            {
                found = found is null || span.To > found.Value.To ? span : found;
            }
        }

        return found;
    }

    /// <summary>When the next occurrence after a moment begins; null where none does within <paramref name="days"/> days.</summary>
    public DateTimeOffset? NextStart(DateTimeOffset after, ZoneClock clock, ImmutableArray<DateOnly> except, bool careful, int days)
    {
        var today = DateOnly.FromDateTime(clock.Reads(after));
        for (var day = today; day <= today.AddDays(days); day = day.AddDays(1))
        {
            if (except.Contains(day))
            {
                continue;
            }

            foreach (var span in On(day, clock, careful).Where(span => span.From > after))
            {
                return span.From;
            }
        }

        return null;
    }
}
