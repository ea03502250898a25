using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Calendar;

public static class CalendarStreams
{
    public const string Family = "calendar";

    public static StreamId Only { get; } = new(Family);
}

/// <summary>A command to the calendar.</summary>
public abstract record CalendarCommand : ICommand
{
    public StreamId Stream => CalendarStreams.Only;

    public virtual Permission Needs => Permission.EditCalendar;

    public abstract Scope Scope { get; }
}

/// <summary>A new freeze or window; refused where its id is taken.</summary>
public sealed record AddEntry(CalendarEntry Entry) : CalendarCommand
{
    public override Scope Scope => Entry.Scope;
}

/// <summary>Replaces an entry. Needs a reason; overrides of it end.</summary>
public sealed record ChangeEntry(CalendarEntry Entry) : CalendarCommand
{
    public override Scope Scope => Entry.Scope;
}

/// <summary>Takes an entry out. Needs a reason; overrides of it end.</summary>
public sealed record RemoveEntry(string Id) : CalendarCommand
{
    public override Scope Scope => Scope.Global;
}

/// <summary>Lets work pass one entry for a while. Needs a reason and the entry's role.</summary>
/// <param name="Rollout">Only this rollout; null for all work.</param>
/// <param name="For">1 minute to 7 days.</param>
public sealed record OverrideEntry(string Id, string? Rollout, TimeSpan For) : CalendarCommand
{
    public override Permission Needs => Permission.OverrideCalendar;

    public override Scope Scope => Scope.Global;
}

/// <summary>Ends the overrides of an entry before their time: the careful way, so that anyone who may edit or override may.</summary>
public sealed record EndOverride(string Id, string? Rollout) : CalendarCommand
{
    public override Permission Needs => Permission.OverrideCalendar;

    public override Scope Scope => Scope.Global;
}

/// <summary>The time zone of all, of a partition or of a region, for entries that name none. Null takes it back.</summary>
public sealed record SetZone(Scope Where, string? Zone) : CalendarCommand
{
    public override Scope Scope => Where;
}
