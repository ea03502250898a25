using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Rollouts;

/// <summary>Every window of one gate as the traces of a chart: value, baseline, limits, and the windows that were bad or had no data by a shape of their own.</summary>
internal static class GateLinePlot
{
    /// <param name="evidence">The gate's own in this region. What ended before the first window is drawn too: after a restart of the console that is all that is known of earlier windows.</param>
    public static IReadOnlyList<GateWindow> Windows(GateLine? line, IEnumerable<Evidence> evidence)
    {
        GateWindow[] kept = line is null ? [] : [.. line.Windows];
        var first = kept.Length == 0 ? DateTimeOffset.MaxValue : kept[0].To;
        return
        [
            .. evidence.Where(one => one.To < first).OrderBy(one => one.To)
                .Select(one => new GateWindow(one.From, one.To, RunPhase.Working, "", one.Verdict, one.Value, one.Samples, new(one.Baseline, one.Value > one.Limit ? one.Limit : null, one.Value < one.Limit ? one.Limit : null))),
            .. kept,
        ];
    }

    public static IReadOnlyList<PlotTrace> Traces(IReadOnlyList<GateWindow> windows)
    {
        object[] times = [.. windows.Select(window => (object)window.To)];
        List<PlotTrace> traces = [new("seen", times, [.. windows.Select(window => window.Value)])];
        AddWhere("baseline", window => window.Bounds.Baseline, "muted", null, false);
        AddWhere("at most", window => window.Bounds.Most, "warn", "dash", true);
        AddWhere("at least", window => window.Bounds.Least, "warn", "dot", true);
        AddMarks("bad", "bad", "diamond", window => window.Verdict == Verdict.Bad);
        AddMarks("no data", "unknown", "x", window => window.Verdict is Verdict.Missing or Verdict.Error);
        return traces;

        void AddWhere(string name, Func<GateWindow, double?> value, string token, string? dash, bool steps)
        {
            if (windows.Any(window => value(window) is not null))
            {
                traces.Add(new(name, times, [.. windows.Select(value)], token) { Dash = dash, Steps = steps, Width = 1.5 });
            }
        }

        void AddMarks(string name, string token, string symbol, Func<GateWindow, bool> marked)
        {
            GateWindow[] all = [.. windows.Where(marked)];
            if (all.Length > 0)
            {
                traces.Add(new(name, [.. all.Select(window => (object)window.To)], [.. all.Select(window => window.Value ?? 0)], token) { Mode = "markers", Symbol = symbol });
            }
        }
    }

    /// <summary>What the chart shows, for who cannot see it.</summary>
    public static string Words(string gate, IReadOnlyList<GateWindow> windows)
    {
        var (bad, none) = (windows.Count(window => window.Verdict == Verdict.Bad), windows.Count(window => window.Verdict is Verdict.Missing or Verdict.Error));
        var last = windows.Count == 0 ? "" : $"; the last, at {Ages.Clock(windows[^1].To)}, was {windows[^1].Verdict}";
        return $"{gate}: {Ages.Of(windows.Count, "window")}, {bad} bad, {none} without data{last}.";
    }
}
