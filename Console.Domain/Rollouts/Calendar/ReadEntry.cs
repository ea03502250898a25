namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>An entry with its schedule read and its clock found.</summary>
/// <param name="Broken">What is wrong where it cannot be read.</param>
internal sealed record ReadEntry(CalendarEntry Entry, Schedule? Schedule, ZoneClock? Clock, string? Broken)
{
    /// <param name="zone">The zone that counts where the entry names none.</param>
    public static ReadEntry Of(CalendarEntry entry, string zone)
    {
        var (schedule, wrong) = Schedule.Parse(entry.When);
        var clock = ZoneClock.Find(entry.Zone ?? zone);
        return new(entry, schedule, clock, wrong is not null ? $"'{entry.When}': {wrong}" : clock is null ? $"this machine's tz database has no zone '{entry.Zone ?? zone}'" : null);
    }

    public Span? Covering(DateTimeOffset at) => Schedule!.Covering(at, Clock!, Entry.Except, Entry.EndsLate);

    public DateTimeOffset? NextStart(DateTimeOffset after, int days = CalendarLimits.Horizon) => Schedule!.NextStart(after, Clock!, Entry.Except, Entry.EndsLate, days);

    /// <summary>When it ends for good: occurrences that follow each other without a gap are one. Null where that is not within the horizon.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        var horizon = at.AddDays(CalendarLimits.Horizon);
        while (Covering(at) is { } span)
        {
            at = span.To;
            if (at > horizon)
            {
                return null;
            }
        }

        return at;
    }
}
