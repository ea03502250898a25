using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Engine.Alarms.Watch;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Alarms;

/// <summary>One alarm in full, as its page shows it.</summary>
/// <param name="Evaluated">Whether its state rests on data of this console's run; after a restart not at once.</param>
/// <param name="Children">Of a composite, the alarms it names.</param>
public sealed record AlarmModel(string Group, Alarm Alarm, string? Owner, bool Evaluated, bool Simulated, ImmutableArray<(string Name, AlarmState? State)> Children, AlarmLook? Look, ImmutableArray<PlotTrace> Traces, PlotLayout? Layout, string Words)
{
    public AlarmDefinition Definition => Alarm.Definition;

    /// <summary>What taking it out silences.</summary>
    public string Removal =>
        $"{Group}/{Definition.Name} no longer tells anybody of {Definition.Scope}{(Definition.Service is { } service ? $", {service}" : "")}, and rollouts there are no longer held by it{(Alarm.State == AlarmState.Alarm ? "; it is in ALARM now" : "")}.{(Watchers.IsEmpty ? "" : $" {string.Join(", ", Watchers)} name it and must be changed first.")}";

    /// <summary>Composites that name it, by their full names; the first so many.</summary>
    public ImmutableArray<string> Watchers { get; init; } = [];

    public static AlarmModel Of(AlarmGroup group, Alarm alarm, bool evaluated, bool simulated, Func<string, AlarmState?> stateOf, AlarmLook? look)
    {
        var rule = alarm.Definition.Rule;
        return new(
            group.Name, alarm, group.Owner, evaluated, simulated,
            [.. alarm.Definition.Composite?.Read?.Children.Select(child => (child, stateOf(child))) ?? []],
            look,
            rule is null || look is null ? [] : AlarmPlot.Of(alarm, look, rule),
            rule is null ? null : AlarmPlot.Layout(rule),
            rule is null || look is null ? "" : AlarmPlot.Say(look, rule));
    }
}
