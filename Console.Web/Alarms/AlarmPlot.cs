using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Engine.Alarms.Watch;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Alarms;

/// <summary>What an alarm sees, as a chart and in a sentence.</summary>
internal static class AlarmPlot
{
    public static PlotLayout Layout(MetricRule rule)
    {
        var title = rule.Expression ?? rule.Inputs[0].Streams.Metric;
        return rule.Band is null ? new(title, rule.Threshold, string.Create(CultureInfo.InvariantCulture, $"threshold {rule.Threshold:0.####}")) : new(title);
    }

    /// <param name="alarm">One that is not put yet has no history.</param>
    public static ImmutableArray<PlotTrace> Of(Alarm alarm, AlarmLook look, MetricRule rule)
    {
        object[] times = [.. look.Ends.Select(end => (object)end)];
        var middle = Middle(look, rule);
        List<PlotTrace> traces = [new("seen", times, look.Values)];
        if (!look.Bands.IsEmpty)
        {
            traces.Add(Edge("band, upper edge", times, look.Bands.Select(band => band?.Upper), rule.Band!.Side != BandSide.Below));
            traces.Add(Edge("band, lower edge", times, look.Bands.Select(band => band?.Lower), rule.Band.Side != BandSide.Above));
        }

        Mark(traces, "breaks the rule", "bad", "diamond", Points(look, i => Breaks(look, rule, i)), i => look.Values[i], i => look.Ends[i]);
        Mark(traces, "no data", "unknown", "x", Points(look, i => look.Values[i] is null), _ => middle, i => look.Ends[i]);
        var fired = alarm.History.Where(change => change.To == AlarmState.Alarm && change.At >= look.Ends[0]).ToArray();
        Mark(traces, "went to ALARM", "warn", "triangle-up", [.. Enumerable.Range(0, fired.Length)], _ => middle, i => fired[i].At);
        return [.. traces];
    }

    public static string Say(AlarmLook look, MetricRule rule)
    {
        var (breaking, silent) = (Points(look, i => Breaks(look, rule, i)).Length, look.Values.Count(value => value is null));
        var last = look.Values[^1]?.ToString("0.####", CultureInfo.InvariantCulture) ?? "nothing";
        var limit = rule.Band is null ? FormattableString.Invariant($"the threshold is {rule.Threshold:0.####}")
            : look.Band is { } band ? FormattableString.Invariant($"the band is {band.Lower:0.####} to {band.Upper:0.####}, learned from {band.Known} periods")
            : FormattableString.Invariant($"there is no band yet, because fewer than {BandLearning.LeastKnown} periods are known to learn it from");
        return string.Create(CultureInfo.InvariantCulture, $"The last {look.Values.Length} periods of {rule.Period.TotalSeconds:0} s from {Ages.Of(look.Streams, "stream")}: {breaking} break the rule, {silent} have no data; the newest shows {last}, {limit}.");
    }

    private static bool Breaks(AlarmLook look, MetricRule rule, int i) => look.Values[i] is { } value && rule.Breaks(value, look.Bands.IsEmpty ? null : look.Bands[i]);

    private static int[] Points(AlarmLook look, Func<int, bool> which) => [.. Enumerable.Range(0, look.Values.Length).Where(which)];

    /// <summary>The edge that breaks nothing is thinner.</summary>
    private static PlotTrace Edge(string name, object[] times, IEnumerable<double?> values, bool counts) =>
        new(counts ? name : $"{name} (breaks nothing)", times, [.. values], "muted") { Dash = counts ? "dash" : "dot", Width = counts ? 2 : 1 };

    private static void Mark(List<PlotTrace> traces, string name, string token, string symbol, int[] points, Func<int, double?> value, Func<int, DateTimeOffset> at)
    {
        if (points.Length > 0)
        {
            traces.Add(new(name, [.. points.Select(i => (object)at(i))], [.. points.Select(value)], token) { Mode = "markers", Symbol = symbol });
        }
    }

    /// <summary>Where marks without a value of their own are put.</summary>
    private static double? Middle(AlarmLook look, MetricRule rule) => rule.Band is null ? rule.Threshold : look.Bands.LastOrDefault(band => band is not null)?.Centre ?? look.Values.LastOrDefault(value => value is not null) ?? 0;
}
