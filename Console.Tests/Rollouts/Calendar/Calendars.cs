using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Tests.Rollouts.Calendar;

/// <summary>Short ways to write calendars, places and moments.</summary>
internal static class Calendars
{
    public static readonly WorkPlace Dublin = new("commercial", "eu-west-1", "eu-west-1a", "web");

    public static CalendarState Of(params CalendarEntry[] entries) => new() { Entries = new CalendarState().Entries.AddRange(entries.Select(entry => KeyValuePair.Create(entry.Id, entry))) };

    public static CalendarEntry Freeze(string when, string id = "f", string? zone = "UTC") => new(id, EntryKind.Freeze, Scope.Global, when, "peak season") { Zone = zone };

    public static CalendarEntry Window(string when, string id = "w", string? zone = "UTC") => new(id, EntryKind.Window, Scope.Global, when, "office hours") { Zone = zone };

    public static CalendarState Passing(this CalendarState calendar, params string[] entries) =>
        calendar with { Overrides = [.. entries.Select(entry => new CalendarOverride(entry, null, "person:ada", "because", DateTimeOffset.MinValue, DateTimeOffset.MaxValue))] };

    /// <summary>A moment in UTC.</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    public static DecisionContext Context(DateTimeOffset now, Role role = Role.Admin, string? reason = "because", string name = "ada") => new(now, Actor.Person(name, role), reason, new GivenStates());
}
