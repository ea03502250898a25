using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Maintenance;

/// <summary>
/// A time of planned work: alarms it covers are evaluated and shown as ever, and gates obey them, but nobody is told until it is over; then of the state the
/// alarm is in.
/// </summary>
/// <param name="Id">Given with the command; letters, digits, <c>-</c>, <c>_</c>, <c>.</c>.</param>
/// <param name="Scope">Covers alarms whose scope lies within it.</param>
/// <param name="Group">Only this group's alarms; null for all.</param>
/// <param name="From">UTC.</param>
/// <param name="To">UTC; it ends by itself.</param>
public sealed record MaintenanceWindow(string Id, Scope Scope, string? Group, DateTimeOffset From, DateTimeOffset To)
{
    public string By { get; init; } = "";

    public string Reason { get; init; } = "";

    public bool Covers(string group, AlarmDefinition alarm, DateTimeOffset now) => now >= From && now < To && (Group is null || Group == group) && (Scope.Covers(alarm.Scope) || (Scope.Kind == ScopeKind.Service && Scope.Name == alarm.Service));
}

public static class MaintenanceStreams
{
    public const string Family = "alarm-maintenance";

    public static StreamId Only { get; } = new(Family);
}

/// <summary>State of the stream <c>alarm-maintenance</c>: windows that are not long over.</summary>
public sealed record MaintenanceBook
{
    public const int MostWindows = 200;

    public ImmutableArray<MaintenanceWindow> Windows { get; init; } = [];

    /// <summary>Those that had begun and were ended early or replaced, up to then: what a stream did in them is not learned from. Kept for a day, the newest so many.</summary>
    public ImmutableArray<MaintenanceWindow> Past { get; init; } = [];

    /// <summary>The window that covers an alarm now; null where none does.</summary>
    public MaintenanceWindow? Covering(string group, AlarmDefinition alarm, DateTimeOffset now) => Windows.IsEmpty ? null : Windows.FirstOrDefault(window => window.Covers(group, alarm, now));
}

/// <summary>Plans a window; one with the same id is replaced.</summary>
public sealed record PutMaintenance(string Id, Scope Scope, string? Group, DateTimeOffset From, DateTimeOffset To) : ICommand
{
    public StreamId Stream => MaintenanceStreams.Only;

    public Permission Needs => Permission.EditAlarms;
}

/// <summary>Ends a window early, or takes a planned one out.</summary>
public sealed record EndMaintenance(string Id) : ICommand
{
    public StreamId Stream => MaintenanceStreams.Only;

    public Permission Needs => Permission.EditAlarms;

    public Scope Scope => Scope.Global;
}

[EventType("alarm-maintenance.put")]
public sealed record MaintenancePut(MaintenanceWindow Window) : IEvent;

[EventType("alarm-maintenance.ended")]
public sealed record MaintenanceEnded(string Id) : IEvent;
