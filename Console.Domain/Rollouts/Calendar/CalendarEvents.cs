using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Calendar;

[EventType("calendar.entry-added")]
public sealed record EntryAdded(CalendarEntry Entry) : IEvent;

[EventType("calendar.entry-changed")]
public sealed record EntryChanged(CalendarEntry Entry) : IEvent;

[EventType("calendar.entry-removed")]
public sealed record EntryRemoved(string Id) : IEvent;

[EventType("calendar.overridden")]
public sealed record EntryOverridden(CalendarOverride Override) : IEvent;

[EventType("calendar.override-ended")]
public sealed record OverrideEnded(string Id, string? Rollout) : IEvent;

[EventType("calendar.zone-set")]
public sealed record ZoneSet(string Scope, string? Zone) : IEvent;
