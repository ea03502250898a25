using System.Collections.Immutable;
using System.Globalization;
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

    public static AlarmModel Of(AlarmGroup group, Alarm alarm, bool evaluated, bool simulated, Func<string, AlarmState?> stateOf, AlarmLook? look)
    {
        var rule = alarm.Definition.Rule;
        return new(
            group.Name, alarm, group.Owner, evaluated, simulated,
            [.. alarm.Definition.Composite?.Read?.Children.Select(child => (child, stateOf(child))) ?? []],
            look,
            rule is null || look is null ? [] : Plot(alarm, look, rule),
            rule is null ? null : new PlotLayout(rule.Expression ?? rule.Inputs[0].Streams.Metric, rule.Threshold, string.Create(CultureInfo.InvariantCulture, $"threshold {rule.Threshold:0.####}")),
            rule is null || look is null ? "" : Say(look, rule));
    }

    private static ImmutableArray<PlotTrace> Plot(Alarm alarm, AlarmLook look, MetricRule rule)
    {
        object[] times = [.. look.Ends.Select(end => (object)end)];
        List<PlotTrace> traces = [new("seen", times, look.Values)];
        var breaking = look.Ends.Zip(look.Values).Where(point => point.Second is { } value && rule.Breaks(value)).ToArray();
        if (breaking.Length > 0)
        {
            traces.Add(new("breaks the rule", [.. breaking.Select(point => (object)point.First)], [.. breaking.Select(point => point.Second)], "bad") { Mode = "markers", Symbol = "diamond" });
        }

        var silent = look.Ends.Zip(look.Values).Where(point => point.Second is null).ToArray();
        if (silent.Length > 0)
        {
            traces.Add(new("no data", [.. silent.Select(point => (object)point.First)], [.. silent.Select(_ => (double?)rule.Threshold)], "unknown") { Mode = "markers", Symbol = "x" });
        }

        var fired = alarm.History.Where(change => change.To == AlarmState.Alarm && change.At >= look.Ends[0]).ToArray();
        if (fired.Length > 0)
        {
            traces.Add(new("went to ALARM", [.. fired.Select(change => (object)change.At)], [.. fired.Select(_ => (double?)rule.Threshold)], "warn") { Mode = "markers", Symbol = "triangle-up" });
        }

        return [.. traces];
    }

    private static string Say(AlarmLook look, MetricRule rule)
    {
        var (breaking, silent) = (look.Values.Count(value => value is { } number && rule.Breaks(number)), look.Values.Count(value => value is null));
        var last = look.Values[^1]?.ToString("0.####", CultureInfo.InvariantCulture) ?? "nothing";
        return string.Create(CultureInfo.InvariantCulture, $"The last {look.Values.Length} periods of {rule.Period.TotalSeconds:0} s from {Ages.Of(look.Streams, "stream")}: {breaking} break the rule, {silent} have no data; the newest shows {last}, the threshold is {rule.Threshold:0.####}.");
    }
}
