using System.Collections.Immutable;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>State of the stream <c>calendar</c>.</summary>
public sealed record CalendarState
{
    public ImmutableSortedDictionary<string, CalendarEntry> Entries { get; init; } = ImmutableSortedDictionary.Create<string, CalendarEntry>(StringComparer.Ordinal);

    /// <summary>Those in force and those that ended within the last <see cref="CalendarLimits.OverridesKept"/>.</summary>
    public ImmutableArray<CalendarOverride> Overrides { get; init; } = [];

    /// <summary>The time zones of places by scope as written (<c>global</c>, <c>partition:…</c>, <c>region:…</c>); UTC where none is set.</summary>
    public ImmutableSortedDictionary<string, string> Zones { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The zone of a place: its region's, else its partition's, else everybody's.</summary>
    public string ZoneOf(WorkPlace place) =>
        Zones.GetValueOrDefault($"region:{place.Region}") ?? Zones.GetValueOrDefault($"partition:{place.Partition}") ?? Zones.GetValueOrDefault("global") ?? "UTC";
}

/// <summary>How much the calendar takes.</summary>
public static class CalendarLimits
{
    public const int MostEntries = 500;
    public const int MostOverrides = 500;
    public const int MostZones = 500;
    public const int MostExceptions = 366;

    /// <summary>How far ahead an opening is looked for, in days.</summary>
    public const int Horizon = 400;

    public static readonly TimeSpan ShortestOverride = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestOverride = TimeSpan.FromDays(7);
    public static readonly TimeSpan OverridesKept = TimeSpan.FromDays(30);
}
