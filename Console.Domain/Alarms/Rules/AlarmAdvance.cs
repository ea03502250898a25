using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules.Composites;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>What is due in a group now: findings, then composites, then what is told. Asked again after it was done it gives nothing.</summary>
public static class AlarmAdvance
{
    /// <summary>Composites over composites of the same group settle within so many rounds; others settle in the next advance.</summary>
    private const int MostRounds = 20;

    public static ImmutableArray<IEvent> Due(AlarmGroup group, ImmutableArray<AlarmFinding> findings, IStates states, DateTimeOffset now)
    {
        if (findings.IsEmpty && group.Restless.IsEmpty)
        {
            return [];
        }

        var events = ImmutableArray.CreateBuilder<IEvent>();
        void Emit(IEvent happened)
        {
            events.Add(happened);
            group = AlarmFold.Apply(group, happened, now);
        }

        foreach (var finding in findings)
        {
            if (group.Alarms.TryGetValue(finding.Alarm, out var alarm) && alarm.Version == finding.Version && alarm.Definition.Rule is not null && alarm.State != finding.State)
            {
                Emit(new AlarmChanged(finding.Alarm, alarm.State, finding.State, finding.Reason, finding.Evidence));
            }
        }

        for (var round = 0; round < MostRounds && Composites(group, states).ToArray() is { Length: > 0 } changed; round++)
        {
            Array.ForEach(changed, Emit);
        }

        var maintenance = states.Get<MaintenanceBook>(MaintenanceStreams.Only);
        foreach (var name in group.Restless)
        {
            if (Act(group, group.Alarms[name], maintenance, states, now) is { } happened)
            {
                Emit(happened);
            }
        }

        return events.ToImmutable();
    }

    /// <summary>An alarm as a composite sees it: of the group being decided, or as states have it.</summary>
    internal static Alarm? Find(string fullName, AlarmGroup own, IStates states) =>
        AlarmId.Parse(fullName) is not { } id ? null : (id.Group == own.Name ? own : states.Get<AlarmGroup>(AlarmStreams.Of(id.Group))).Alarms.GetValueOrDefault(id.Name);

    private static IEnumerable<AlarmChanged> Composites(AlarmGroup group, IStates states)
    {
        foreach (var name in group.Restless)
        {
            if (group.Alarms[name] is not { Definition.Composite: { } rule } alarm || rule.Read is not { } expression)
            {
                continue;
            }

            var state = expression.Holds(child => Find(child, group, states)?.State) ? AlarmState.Alarm : AlarmState.Ok;
            if (state != alarm.State)
            {
                var children = string.Join(", ", expression.Children.Select(child => $"{child} is {(Find(child, group, states)?.State ?? AlarmState.InsufficientData).Word()}").Take(8));
                yield return new(name, alarm.State, state, $"{rule.Expression} is {(state == AlarmState.Alarm ? "true" : "false")}: {children}", null);
            }
        }
    }

    private static IEvent? Act(AlarmGroup group, Alarm alarm, MaintenanceBook maintenance, IStates states, DateTimeOffset now)
    {
        var definition = alarm.Definition;
        if (alarm.Pending && !definition.Actions)
        {
            return new AlarmActed(definition.Name, alarm.Changes, alarm.State, Told: false);
        }

        var suppressor = definition.Composite?.Suppressor is { } name && Find(name, group, states) is { } other ? (other.State, other.Since) : ((AlarmState, DateTimeOffset)?)null;
        var step = ActionHolds.Step(alarm.Hold, alarm.Changes, alarm.Since, alarm.Pending, maintenance.Covering(group.Name, definition, now) is not null, definition.Composite, suppressor, now);
        return step.Act ? new AlarmActed(definition.Name, alarm.Changes, alarm.State, Told: true)
            : step.Hold != alarm.Hold ? new AlarmHeld(definition.Name, step.Hold)
            : null;
    }
}
