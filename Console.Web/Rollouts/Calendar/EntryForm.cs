using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Calendar;

namespace OpsConsole.Web.Rollouts.Calendar;

/// <summary>An entry as a person types it: judged at every key, by the same rules as the command.</summary>
public sealed class EntryForm
{
    /// <summary>Whether it adds an entry; else it changes one.</summary>
    public bool IsNew { get; private init; } = true;

    public string Id { get; set; } = "";

    public EntryKind Kind { get; set; }

    public string Scope { get; set; } = "global";

    public string When { get; set; } = "";

    /// <summary>Empty for the place's own.</summary>
    public string Zone { get; set; } = "";

    public string Why { get; set; } = "";

    public Overrun Overrun { get; set; } = Overrun.FinishBatch;

    public Role OverrideBy { get; set; } = Role.Approver;

    /// <summary>Days such as 2026-12-24, apart by commas or blanks.</summary>
    public string Except { get; set; } = "";

    public static EntryForm Of(CalendarEntry entry) => new()
    {
        IsNew = false,
        Id = entry.Id,
        Kind = entry.Kind,
        Scope = entry.Scope.ToString(),
        When = entry.When,
        Zone = entry.Zone ?? "",
        Why = entry.Why,
        Overrun = entry.Overrun,
        OverrideBy = entry.OverrideBy,
        Except = string.Join(", ", entry.Except.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
    };

    /// <summary>The entry, or what is wrong first.</summary>
    public (CalendarEntry? Entry, string? Wrong) Read()
    {
        if (Domain.Access.Scope.Parse(Scope.Trim()) is not { } scope)
        {
            return (null, "Scope: write global, partition:NAME, region:NAME, az:NAME or service:NAME.");
        }

        var days = Except.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null).ToArray();
        if (days.Any(day => day is null))
        {
            return (null, "Except: write days such as 2026-12-24.");
        }

        var entry = new CalendarEntry(Id.Trim(), Kind, scope, When.Trim(), Why.Trim()) { Zone = Zone.Trim().Length == 0 ? null : Zone.Trim(), Overrun = Overrun, OverrideBy = OverrideBy, Except = [.. days.OfType<DateOnly>()] };
        return CalendarRules.Wrong(entry) is { } wrong ? (null, $"{char.ToUpperInvariant(wrong.Field[0])}{wrong.Field[1..]}: {wrong.What}") : (entry, null);
    }
}
