using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Alarms.Watch;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Alarms.Forms;

/// <summary>Says what an alarm that is being written would be and do, by the decider that will decide about it. Changes nothing.</summary>
public sealed class AlarmDrafts(ICommands commands, IStates states, FleetSummaries fleet, MetricStore store, TimeProvider clock)
{
    private static readonly AlarmDecider Decider = new();

    public AlarmForm? Existing(AlarmId id) => AlarmStreams.Find(states, id) is { } alarm ? AlarmForm.Of(id.Group, alarm.Definition) : null;

    public AlarmDraft Look(AlarmForm form, Actor actor)
    {
        var group = form.Group.Trim();
        if (form.Read(scope => fleet.Now.Place(scope), out var errors) is not { } alarm)
        {
            return new(group, null, errors, null, false, "", "", [], null, "");
        }

        var now = clock.GetUtcNow();
        var state = states.Get<AlarmGroup>(AlarmStreams.Of(group));
        var put = new PutAlarms(group, [alarm]);
        var decision = Decider.Decide(state, put, new(now, actor, "a draft", states));
        var refused = decision.Rejection ?? commands.Forbidden(put, actor);
        var draft = new AlarmDraft(group, alarm, [], refused, decision.Events is { IsDefaultOrEmpty: false }, Blast(group, alarm, state), "", [], null, "");
        return alarm.Composite is { } composite ? draft with { Says = Say(composite) } : Rehearse(draft, alarm, state.Alarms.GetValueOrDefault(alarm.Name), now);
    }

    /// <summary>What is no longer told, or not told for a while, when alarms of a place are muted.</summary>
    /// <param name="group">Null for all.</param>
    public string Silences(Scope scope, string? group)
    {
        var window = new MaintenanceWindow("draft", scope, group, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        (string Name, AlarmState State)[] covered =
        [
            .. from one in states.All<AlarmGroup>(AlarmStreams.Family)
               from alarm in one.State.Alarms.Values
               where alarm.Definition.Actions && window.Covers(one.State.Name, alarm.Definition, DateTimeOffset.UnixEpoch)
               orderby alarm.State == AlarmState.Alarm ? 0 : 1, one.State.Name, alarm.Definition.Name
               select ($"{one.State.Name}/{alarm.Definition.Name}", alarm.State),
        ];
        var red = covered.Count(one => one.State == AlarmState.Alarm);
        return covered.Length == 0 ? "No alarm that tells anybody speaks for it: nothing would be silenced."
            : $"{Ages.Of(covered.Length, "alarm")} would tell nobody{(red > 0 ? $", {red} of them in ALARM now" : "")}: {string.Join(", ", covered.Take(6).Select(one => one.Name))}{(covered.Length > 6 ? " and others" : "")}. They are evaluated still, and rollouts obey them.";
    }

    /// <summary>Whose window it is, where its alarms belong to somebody who would put it back; null where people end it.</summary>
    public string? OwnerOf(MaintenanceWindow window) => window.Group is { } group ? states.Get<AlarmGroup>(AlarmStreams.Of(group)).Owner : null;

    public Scope? Place(string scope) => Scope.Parse(scope.Trim()) is { } parsed ? fleet.Now.Place(parsed) : null;

    private static string Blast(string group, AlarmDefinition alarm, AlarmGroup state)
    {
        var known = state.Alarms.ContainsKey(alarm.Name);
        return $"{group}/{alarm.Name} {(known ? "is changed and keeps its state until it is evaluated" : "is made")}; it speaks for {alarm.Scope}{(alarm.Service is { } service ? $", {service}" : "")}: rollouts there whose gates obey alarms are held by it{(alarm.Actions ? ", and who subscribed is told of its changes" : "; nobody is told of its changes")}.";
    }

    private AlarmDraft Rehearse(AlarmDraft draft, AlarmDefinition definition, Alarm? known, DateTimeOffset now)
    {
        var rule = definition.Rule!;
        var alarm = (known ?? new Alarm(definition, 1)) with { Definition = definition };
        var look = AlarmLook.At(alarm, draft.Group, states.Get<MaintenanceBook>(MaintenanceStreams.Only), store, now)!;

        // What was before the store began was not seen, which is not the same as no data.
        var seen = look.Ends.Count(end => end - rule.Period >= store.Since);
        var said = RuleRehearsal.Of(rule, [.. look.Values.TakeLast(seen)], [.. look.Bands.TakeLast(seen)]);
        var span = rule.Period * seen;
        var over = span.TotalHours >= 1 ? FormattableString.Invariant($"{span.TotalHours:0.#} h") : FormattableString.Invariant($"{span.TotalMinutes:0.#} min");
        var says = look.Streams == 0 ? "No stream matches now: it would have no data."
            : $"Now it would be {(said.Now ?? AlarmState.InsufficientData).Word()}. Over the last {over} it would have gone to ALARM {Ages.Of(said.Fired, "time")} and been in it for {Ages.Of(said.InAlarm, "period")} of {seen}; {said.Breaking} break the rule, {said.Silent} have no data.";
        return draft with { Says = says, Traces = AlarmPlot.Of(alarm, look, rule), Layout = AlarmPlot.Layout(rule), Words = AlarmPlot.Say(look, rule) };
    }

    private string Say(Domain.Alarms.Rules.Composites.CompositeRule rule)
    {
        AlarmState? StateOf(string name) => AlarmId.Parse(name) is { } id ? AlarmStreams.Find(states, id)?.State : null;
        var read = rule.Read!;
        var children = string.Join(", ", read.Children.Take(12).Select(child => $"{child} is {StateOf(child)?.Word() ?? "not there"}"));
        return $"Now it would be {(read.Holds(StateOf) ? AlarmState.Alarm : AlarmState.Ok).Word()}{(children.Length > 0 ? $": {children}" : "")}.";
    }
}
