using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules.Composites;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Rules;

[EventType("alarms.put")]
public sealed record AlarmPut(AlarmDefinition Alarm, string? Owner) : IEvent;

[EventType("alarms.removed")]
public sealed record AlarmRemoved(string Alarm) : IEvent;

[EventType("alarms.changed")]
public sealed record AlarmChanged(string Alarm, AlarmState From, AlarmState To, string Reason, AlarmEvidence? Evidence) : IEvent;

/// <summary>Why nobody is told of the alarm's last change yet; null where nothing keeps it any more.</summary>
[EventType("alarms.held")]
public sealed record AlarmHeld(string Alarm, ActionHold? Hold) : IEvent;

/// <param name="Told">Whether somebody is told; not where the alarm tells nobody.</param>
[EventType("alarms.acted")]
public sealed record AlarmActed(string Alarm, int Change, AlarmState State, bool Told) : IEvent;

[EventType("alarms.judged")]
public sealed record AlarmJudged(string Alarm, int Change, bool Right, string By, string Note) : IEvent;

[EventType("alarms.missed")]
public sealed record HarmMissed(string What, Scope Where, DateTimeOffset From, DateTimeOffset? To, string By) : IEvent;
