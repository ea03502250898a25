using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>What events make of a group.</summary>
internal static class AlarmFold
{
    public static AlarmGroup Apply(AlarmGroup group, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            AlarmPut e => Put(group, e, at),
            AlarmRemoved e => Removed(group, e),
            AlarmChanged e => With(group, e.Alarm, alarm => Changed(alarm, e, at)),
            AlarmHeld e => With(group, e.Alarm, alarm => alarm with { Hold = e.Hold }),
            AlarmActed e => Acted(group, e, at),
            AlarmJudged e => With(group, e.Alarm, alarm => Judged(alarm, e, at)),
            HarmMissed e => group with { Misses = [.. group.Misses.TakeLast(AlarmGroup.MissesKept - 1), new(e.What, e.Where, e.From, e.To, e.By, at)], Missed = group.Missed + 1 },
            _ => group,
        };

    private static AlarmGroup Put(AlarmGroup group, AlarmPut put, DateTimeOffset at)
    {
        // A changed definition keeps its state until it is evaluated; a hold belonged to the suppressor it had.
        var alarm = group.Alarms.TryGetValue(put.Alarm.Name, out var known) ? known with { Definition = put.Alarm, Version = known.Version + 1, Hold = null } : new Alarm(put.Alarm, 1) { Since = at };
        return group with { Owner = put.Owner, Alarms = group.Alarms.SetItem(put.Alarm.Name, alarm) };
    }

    private static AlarmGroup Removed(AlarmGroup group, AlarmRemoved removed)
    {
        var left = group.Alarms.Remove(removed.Alarm);
        return group with { Alarms = left, Owner = left.IsEmpty ? null : group.Owner };
    }

    private static Alarm Changed(Alarm alarm, AlarmChanged changed, DateTimeOffset at) => alarm with
    {
        State = changed.To,
        Since = at,
        Reason = changed.Reason,
        Changes = alarm.Changes + 1,
        Fired = alarm.Fired + (changed.To == AlarmState.Alarm ? 1 : 0),
        History = [.. alarm.History.TakeLast(Alarm.ChangesKept - 1), new(alarm.Changes + 1, changed.From, changed.To, at, changed.Reason) { Evidence = changed.Evidence }],
    };

    private static AlarmGroup Acted(AlarmGroup group, AlarmActed acted, DateTimeOffset at)
    {
        var after = With(group, acted.Alarm, alarm => alarm with { Acted = acted.Change, Hold = null });
        return !acted.Told || !group.Alarms.TryGetValue(acted.Alarm, out var of)
            ? after
            : after with
            {
                LastAction = group.LastAction + 1,
                Actions = [.. group.Actions.TakeLast(AlarmGroup.ActionsKept - 1), new(group.LastAction + 1, acted.Alarm, acted.State, at, of.Reason)],
            };
    }

    private static Alarm Judged(Alarm alarm, AlarmJudged judged, DateTimeOffset at)
    {
        var before = alarm.History.FirstOrDefault(change => change.Number == judged.Change)?.Verdict;
        return alarm with
        {
            Right = alarm.Right + (judged.Right ? 1 : 0) - (before is { Right: true } ? 1 : 0),
            Wrong = alarm.Wrong + (judged.Right ? 0 : 1) - (before is { Right: false } ? 1 : 0),
            History = [.. alarm.History.Select(change => change.Number == judged.Change ? change with { Verdict = new(judged.Right, judged.By, at, judged.Note) } : change)],
        };
    }

    private static AlarmGroup With(AlarmGroup group, string alarm, Func<Alarm, Alarm> change) =>
        group.Alarms.TryGetValue(alarm, out var known) ? group with { Alarms = group.Alarms.SetItem(alarm, change(known)) } : group;
}
