using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>The calendar drawn: its entries over the days to come, where work may begin now, and what it holds.</summary>
public sealed record CalendarPicture(DateTimeOffset From, DateTimeOffset To, ImmutableArray<CalendarLine> Entries, ImmutableArray<PlaceLine> Places, ImmutableArray<HeldLine> Held, ImmutableSortedDictionary<string, string> Zones);

/// <param name="Zone">The zone its times are in; where it names none, everybody's, and each place has its own.</param>
/// <param name="Until">Its end while it is active; null where it never ends within 400 days.</param>
/// <param name="Next">Its next beginning while it is not.</param>
/// <param name="Broken">Why it cannot be read; it then holds everything.</param>
/// <param name="Spans">When it is active in the days drawn.</param>
/// <param name="Overrides">Those in force.</param>
public sealed record CalendarLine(CalendarEntry Entry, string Zone, bool Active, DateTimeOffset? Until, DateTimeOffset? Next, string? Broken, ImmutableArray<Span> Spans, ImmutableArray<CalendarOverride> Overrides);

/// <summary>Whether work of a service may begin in a region now.</summary>
/// <param name="Hold">Null where it may.</param>
public sealed record PlaceLine(string Partition, string Region, string Service, string Zone, CalendarHold? Hold);

/// <summary>A region's run that the calendar holds now.</summary>
public sealed record HeldLine(string Rollout, string Region, Wait Wait);

/// <summary>Draws the calendar from the states.</summary>
public static class CalendarDrawing
{
    public const int Days = 14;
    private const int MostPlaces = 500;

    public static CalendarPicture Draw(IStates states, DateTimeOffset now)
    {
        var calendar = states.Get<CalendarState>(CalendarStreams.Only);
        var (from, to) = (now, now.AddDays(Days));
        return new(from, to, [.. calendar.Entries.Values.Select(entry => Line(calendar, entry, now, to))], Places(states, calendar, now), Held(states, now), calendar.Zones);
    }

    public static CalendarLine Line(CalendarState calendar, CalendarEntry entry, DateTimeOffset now, DateTimeOffset to)
    {
        var zone = entry.Zone ?? calendar.Zones.GetValueOrDefault("global") ?? "UTC";
        var (active, until, next, broken) = ChangeCalendar.Standing(entry, zone, now);
        return new(entry, zone, active, until, next, broken, ChangeCalendar.Spans(entry, zone, now, to), [.. calendar.Overrides.Where(one => one.Entry == entry.Id && one.Until > now)]);
    }

    private static ImmutableArray<PlaceLine> Places(IStates states, CalendarState calendar, DateTimeOffset now) =>
    [
        .. states.All<RegionFleet>(FleetStreams.Family).Select(fleet => fleet.State).OrderBy(fleet => fleet.Region, StringComparer.Ordinal)
            .SelectMany(fleet => fleet.Hosts.Values.Select(host => host.Service).Distinct().Order(StringComparer.Ordinal).Select(service => new WorkPlace(fleet.Partition, fleet.Region, "", service)))
            .Take(MostPlaces).Select(place => new PlaceLine(place.Partition, place.Region, place.Service, calendar.ZoneOf(place), ChangeCalendar.Holds(calendar, place, null, now))),
    ];

    private static ImmutableArray<HeldLine> Held(IStates states, DateTimeOffset now) =>
    [
        .. states.All<RegionRun>(RunStreams.Family).Select(run => run.State).Where(run => run is { Held: not null, Halt: null }).OrderBy(run => run.Rollout, StringComparer.Ordinal).ThenBy(run => run.Region, StringComparer.Ordinal)
            .Select(run => (run, Wait: RunWait.Of(run, RunDecider.Input(states, run.Region, run.Rollout, null, now)))).Where(one => one.Wait is not null).Select(one => new HeldLine(one.run.Rollout, one.run.Region, one.Wait!)),
    ];
}
