using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Rules;

public static class AlarmStreams
{
    public const string Family = "alarms";

    public static StreamId Of(string group) => new($"{Family}/{group}");

    /// <summary>Null where there is no such alarm.</summary>
    public static Alarm? Find(IStates states, AlarmId id) => states.Get<AlarmGroup>(Of(id.Group)).Alarms.GetValueOrDefault(id.Name);
}

/// <summary>A command about one group's alarms.</summary>
/// <param name="Group">Named like an alarm.</param>
public abstract record AlarmCommand(string Group) : ICommand
{
    public StreamId Stream => AlarmStreams.Of(Group);

    public virtual Permission Needs => Permission.EditAlarms;

    /// <summary>The decider names the scopes of the alarms it touches.</summary>
    public virtual Scope Scope => Scope.Global;
}

/// <summary>
/// Makes or changes alarms of one group, all or none: one alarm, a canary's, or a starter set. An alarm that is changed keeps its state; what is written as it
/// is already changes nothing.
/// </summary>
public sealed record PutAlarms(string Group, ImmutableArray<AlarmDefinition> Alarms) : AlarmCommand(Group)
{
    /// <summary>Who owns the group: only commands that name the same owner change it then. Null for people's own groups.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether alarms of the group that are not given are taken out.</summary>
    public bool Replace { get; init; }
}

/// <summary>Takes alarms out; refused while a composite names one.</summary>
/// <param name="Names">None for all of the group.</param>
public sealed record RemoveAlarms(string Group, ImmutableArray<string> Names) : AlarmCommand(Group)
{
    public string? Owner { get; init; }
}

/// <summary>A person says whether an alarm that fired was right to.</summary>
/// <param name="Change">Number of the change to ALARM.</param>
public sealed record JudgeAlarm(string Group, string Alarm, int Change, bool Right, string Note) : AlarmCommand(Group)
{
    public override Permission Needs => Permission.JudgeAlarms;
}

/// <summary>A person says that harm came and no alarm of the group told of it.</summary>
public sealed record RecordMissedHarm(string Group, Scope Where, string What, DateTimeOffset From, DateTimeOffset? To) : AlarmCommand(Group)
{
    public override Permission Needs => Permission.JudgeAlarms;

    public override Scope Scope => Where;
}

/// <summary>What an evaluation found.</summary>
/// <param name="Version">The definition's that was evaluated.</param>
/// <param name="State">Another than the alarm is in.</param>
public sealed record AlarmFinding(string Alarm, int Version, AlarmState State, string Reason, AlarmEvidence? Evidence);

/// <summary>The engine's: changes states, evaluates the group's composites, and says what is acted on.</summary>
public sealed record AdvanceAlarms(string Group, ImmutableArray<AlarmFinding> Findings) : AlarmCommand(Group)
{
    public override Permission Needs => Permission.RunEngine;
}
