using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>The rules of alarms' definitions and states.</summary>
public sealed class AlarmDecider : IDecider<AlarmGroup>
{
    private const int LongestNote = 500;

    public AlarmGroup Initial(StreamId stream) => new(stream.Key);

    public Decision Decide(AlarmGroup state, ICommand command, DecisionContext context) =>
        command switch
        {
            PutAlarms put => AlarmPuts.Decide(state, put, context),
            RemoveAlarms remove => AlarmPuts.Decide(state, remove, context),
            JudgeAlarm judge => Judge(state, judge, context),
            RecordMissedHarm miss => Miss(miss, context),
            AdvanceAlarms advance => Decision.Accept(AlarmAdvance.Due(state, advance.Findings, context.States, context.Now)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a command about alarms"),
        };

    public AlarmGroup Apply(AlarmGroup state, IEvent happened, DateTimeOffset at) => AlarmFold.Apply(state, happened, at);

    /// <summary>Whoever changes alarms needs the permission where they hold, before and after.</summary>
    public ImmutableArray<Scope> Reach(AlarmGroup state, ICommand command)
    {
        IEnumerable<Scope> touched = command switch
        {
            PutAlarms put => put.Alarms.Select(alarm => alarm.Scope).Concat(Of(state, put.Replace ? state.Alarms.Keys : put.Alarms.Select(alarm => alarm.Name))),
            RemoveAlarms remove => Of(state, remove.Names.IsEmpty ? state.Alarms.Keys : remove.Names),
            JudgeAlarm judge => Of(state, [judge.Alarm]),
            _ => [command.Scope],
        };
        return touched.Distinct().ToImmutableArray() is { IsEmpty: false } scopes ? scopes : [command.Scope];
    }

    private static IEnumerable<Scope> Of(AlarmGroup state, IEnumerable<string> names) => names.Select(name => state.Alarms.GetValueOrDefault(name ?? "")?.Definition.Scope).OfType<Scope>();

    private static Decision Judge(AlarmGroup state, JudgeAlarm judge, DecisionContext context)
    {
        if (state.Alarms.GetValueOrDefault(judge.Alarm) is not { } alarm)
        {
            return NoSuchAlarm(state.Name, judge.Alarm, "The verdict was not taken down.");
        }

        if (alarm.History.FirstOrDefault(change => change.Number == judge.Change) is not { To: AlarmState.Alarm } change)
        {
            return new Rejection(RejectionKind.NotFound, "alarms.no-such-change", "The verdict was not taken down.", $"Change {judge.Change} of {state.Name}/{judge.Alarm} is not among the last {Alarm.ChangesKept}, or it did not go to ALARM.", "Judge one of the changes to ALARM that the alarm shows.");
        }

        var note = judge.Note.Trim();
        return note.Length > LongestNote ? new Rejection(RejectionKind.Invalid, "alarms.note", "The verdict was not taken down.", $"Its note is longer than {LongestNote} characters.", "Shorten it.")
            : change.Verdict is { } known && known.Right == judge.Right && known.Note == note ? Decision.Nothing
            : Decision.Accept(new AlarmJudged(judge.Alarm, judge.Change, judge.Right, context.Actor.Id, note));
    }

    private static Decision Miss(RecordMissedHarm miss, DecisionContext context)
    {
        var wrong = !AlarmRules.IsName(miss.Group) ? "The group is no group's name."
            : string.IsNullOrWhiteSpace(miss.What) || miss.What.Length > LongestNote ? $"What happened is to be said in 1 to {LongestNote} characters."
            : miss.From > context.Now || miss.To < miss.From ? "It lies ahead, or ends before it begins."
            : null;
        return wrong is null
            ? Decision.Accept(new HarmMissed(miss.What.Trim(), miss.Where, miss.From, miss.To, context.Actor.Id))
            : new Rejection(RejectionKind.Invalid, "alarms.missed", "The missed harm was not taken down.", wrong, "Change it and send it again.");
    }

    internal static Rejection NoSuchAlarm(string group, string name, string what) =>
        new(RejectionKind.NotFound, "alarms.no-such-alarm", what, $"There is no alarm {group}/{(name.Length <= AlarmRules.LongestName ? name : name[..AlarmRules.LongestName])}.", "Look at the list of alarms.");
}
