using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>
/// May work begin, or go on, at a moment in a place? Freezes win over windows; where a place has windows one must be active; an override takes exactly
/// the entry it names out of the question, and closed windows are passed only when all of them are overridden. What cannot be read holds everything.
/// </summary>
public static class ChangeCalendar
{
    private const int MostSteps = 2_000;

    public static bool IsOpen(CalendarState calendar, WorkPlace place, string? rollout, DateTimeOffset at) =>
        calendar.Entries.IsEmpty || Blocking(calendar, Read(calendar, place), rollout, at).IsEmpty;

    /// <summary>Null where work may begin.</summary>
    public static CalendarHold? Holds(CalendarState calendar, WorkPlace place, string? rollout, DateTimeOffset at)
    {
        if (calendar.Entries.IsEmpty)
        {
            return null;
        }

        var entries = Read(calendar, place);
        var blocking = Blocking(calendar, entries, rollout, at);
        return blocking.IsEmpty ? null : new([.. blocking.Select(entry => Held(entry, at))], Opening(calendar, entries, rollout, at));
    }

    /// <summary>
    /// Whether work that began at a moment may go on. It may where the calendar is open; else only where it began while the calendar was open and every
    /// entry that holds now allows at least that much overrun: the active freezes, or, where none is active, the windows it began in.
    /// </summary>
    public static bool MayGoOn(CalendarState calendar, WorkPlace place, string? rollout, DateTimeOffset began, DateTimeOffset at, Overrun least)
    {
        if (calendar.Entries.IsEmpty)
        {
            return true;
        }

        var entries = Read(calendar, place);
        var blocking = Blocking(calendar, entries, rollout, at);
        if (blocking.IsEmpty)
        {
            return true;
        }

        if (!Blocking(calendar, entries, rollout, began).IsEmpty || blocking.Any(entry => entry.Broken is not null))
        {
            return false;
        }

        var deciding = blocking[0].Entry.Kind == EntryKind.Freeze ? blocking : blocking.RemoveAll(entry => entry.Covering(began) is null);
        return (deciding.IsEmpty ? blocking : deciding).All(entry => entry.Entry.Overrun >= least);
    }

    public static bool IsActive(CalendarEntry entry, string zone, DateTimeOffset at) => ReadEntry.Of(entry, zone) is { Broken: null } read && read.Covering(at) is not null;

    /// <summary>Whether an entry is active at a moment, with its end; the zone counts where the entry names none.</summary>
    public static (bool Active, DateTimeOffset? Until, DateTimeOffset? Next, string? Broken) Standing(CalendarEntry entry, string zone, DateTimeOffset at)
    {
        var read = ReadEntry.Of(entry, zone);
        return read.Broken is not null ? (false, null, null, read.Broken)
            : read.Covering(at) is not null ? (true, read.EndOf(at), null, null)
            : (false, null, read.NextStart(at), null);
    }

    /// <summary>The entry's occurrences that touch a stretch of time, in their order; at most <paramref name="most"/>.</summary>
    public static ImmutableArray<Span> Spans(CalendarEntry entry, string zone, DateTimeOffset from, DateTimeOffset to, int most = 200)
    {
        var read = ReadEntry.Of(entry, zone);
        var spans = ImmutableArray.CreateBuilder<Span>();
        if (read.Broken is not null)
        {
            return [];
        }

        var at = from;
        while (at < to && spans.Count < most)
        {
            var begins = read.Covering(at) is not null ? at : read.NextStart(at, (int)(to - at).TotalDays + 1);
            if (begins is not { } start || start >= to)
            {
                break;
            }

            at = read.EndOf(start) is { } end && end < to ? end : to;
            spans.Add(new(start, at));
        }

        return spans.ToImmutable();
    }

    internal static ImmutableArray<ReadEntry> Read(CalendarState calendar, WorkPlace place) =>
        [.. calendar.Entries.Values.Where(entry => place.Within(entry.Scope)).Select(entry => ReadEntry.Of(entry, calendar.ZoneOf(place)))];

    internal static ImmutableArray<ReadEntry> Blocking(CalendarState calendar, ImmutableArray<ReadEntry> entries, string? rollout, DateTimeOffset at)
    {
        bool Passed(ReadEntry entry) => calendar.Overrides.Any(one => one.Entry == entry.Entry.Id && one.InForce(rollout, at));
        var freezes = entries.Where(entry => (entry.Broken is not null || (entry.Entry.Kind == EntryKind.Freeze && entry.Covering(at) is not null)) && !Passed(entry)).ToImmutableArray();
        if (!freezes.IsEmpty)
        {
            return freezes;
        }

        var windows = entries.Where(entry => entry.Entry.Kind == EntryKind.Window && entry.Broken is null).ToImmutableArray();
        return windows.All(Passed) || windows.Any(window => window.Covering(at) is not null) ? [] : windows;
    }

    private static HeldBy Held(ReadEntry read, DateTimeOffset at)
    {
        var entry = read.Entry;
        var until = read.Broken is not null ? null : entry.Kind == EntryKind.Freeze ? read.EndOf(at) : read.NextStart(at);
        return new(entry.Id, entry.Kind, entry.Why, until, entry.Overrun, entry.OverrideBy, read.Broken);
    }

    /// <summary>From one moment at which something must change to the next, until nothing holds.</summary>
    private static DateTimeOffset? Opening(CalendarState calendar, ImmutableArray<ReadEntry> entries, string? rollout, DateTimeOffset from)
    {
        var (at, horizon) = (from, from.AddDays(CalendarLimits.Horizon));
        for (var step = 0; step < MostSteps && at <= horizon; step++)
        {
            var blocking = Blocking(calendar, entries, rollout, at);
            if (blocking.IsEmpty)
            {
                return at;
            }

            var next = blocking[0].Broken is not null || blocking.Any(entry => entry.Broken is not null) ? null
                : blocking[0].Entry.Kind == EntryKind.Freeze ? blocking.Max(freeze => freeze.Covering(at)!.Value.To)
                : blocking.Min(window => window.NextStart(at));
            if (next is not { } later)
            {
                return null;
            }

            at = later;
        }

        return null;
    }
}
