using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Watch;

namespace OpsConsole.Engine.Alarms.Gates;

/// <summary>The alarms that a gate obeys, from committed states.</summary>
public sealed class AlarmReader(IStates states, AlarmBook book) : IGateReader
{
    public bool Reads(Gate gate) => gate.Alarms is not null;

    public Reading Read(Gate gate, GatePlace place, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? changedAt) =>
        AlarmGates.Read(gate, place, [.. from one in states.All<AlarmGroup>(AlarmStreams.Family)
                                         from alarm in one.State.Alarms.Values
                                         where AlarmGate.Concerns(alarm.Definition, place) && gate.Alarms!.Chooses(one.State.Name, alarm.Definition)
                                         orderby one.State.Name, alarm.Definition.Name
                                         select Seen(one.State.Name, alarm)]);

    private GatedAlarm Seen(string group, Alarm alarm)
    {
        var id = new AlarmId(group, alarm.Definition.Name);
        return new(id.ToString(), alarm.State, Known(id, alarm), alarm.Reason);
    }

    /// <summary>A composite is known where it would be as it is whatever its alarms without data said; those may be composites too.</summary>
    private bool Known(AlarmId id, Alarm alarm) =>
        alarm.Definition.Composite is { } rule
            ? rule.Read?.Surely(child => AlarmId.Parse(child) is { } one && AlarmStreams.Find(states, one) is { } found && Known(one, found) ? found.State : null) is not null
            : book.Find(id) is { Judged: true };
}
