using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Rules.Bands;

/// <summary>
/// Learns a band from a stream's past. The centre is the median m; the spread is 1.4826 · median |x − m|, the scaled median absolute deviation, which estimates
/// the standard deviation of normal noise and stands up to half the past being odd (F. R. Hampel, "The influence curve and its role in robust estimation",
/// JASA 69, 1974). Where more than half the past is one value that is 0; then it is 1.2533 · mean |x − m| (B. Iglewicz and D. C. Hoaglin, "How to Detect and
/// Handle Outliers", ASQC 1993). The band is m ± width · spread.
/// </summary>
public static class BandLearning
{
    /// <summary>A band is learned from at least so many periods.</summary>
    public const int LeastKnown = 30;

    /// <summary>And from at most so many, the newest.</summary>
    public const int MostKnown = 288;

    private const double MedianToDeviation = 1.482602218505602;
    private const double MeanToDeviation = 1.2533141373155;

    /// <summary>What rounding alone may do, as a share of the centre.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Null where too little is known, or what is known lies beyond what a double holds.</summary>
    /// <param name="past">Values of the periods before those that are judged; NaN where there is none, or none to learn from.</param>
    /// <param name="scratch">At least as long.</param>
    public static BandLimits? Of(ReadOnlySpan<double> past, AnomalyBand band, Span<double> scratch)
    {
        var count = 0;
        for (var i = Math.Max(0, past.Length - MostKnown); i < past.Length; i++)
        {
            if (double.IsFinite(past[i]))
            {
                scratch[count++] = past[i];
            }
        }

        if (count < LeastKnown)
        {
            return null;
        }

        var known = scratch[..count];
        var centre = Median(known);
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            known[i] = Math.Abs(known[i] - centre);
            sum += known[i];
        }

        var spread = Median(known) is var middle and > 0 ? MedianToDeviation * middle : MeanToDeviation * sum / count;
        spread = Math.Max(Math.Max(spread, band.LeastSpread), Rounding * Math.Abs(centre));
        var limits = new BandLimits(centre, spread, centre - (band.Width * spread), centre + (band.Width * spread), count);
        return double.IsFinite(limits.Lower) && double.IsFinite(limits.Upper) ? limits : null;
    }

    /// <summary>How many periods before those that are judged the store keeps at the resolution a rule needs; fewer than <see cref="LeastKnown"/> where it can learn nothing.</summary>
    public static int Periods(MetricRule rule)
    {
        var distribution = rule.Inputs.Any(input => input.Statistic.Kind == StatisticKind.Percentile);
        var range = MissingDataRule.Range(rule.Of);
        for (var periods = MostKnown; periods > 0; periods--)
        {
            if (StoreShape.TierFor(rule.Period, range + periods, distribution) >= 0)
            {
                return periods;
            }
        }

        return 0;
    }

    /// <summary>
    /// Takes out what is not to be learned from: periods in ALARM, with those that led to it; periods a maintenance window covers; what
    /// is older than the band's own beginning; and what lies so far back that the alarm no longer knows what state it was in.
    /// </summary>
    /// <param name="from">Start of the first period.</param>
    public static void TakeOut(Span<double> past, DateTimeOffset from, Alarm alarm, string group, MaintenanceBook maintenance)
    {
        var period = alarm.Definition.Rule!.Period;
        if (alarm.Definition.Rule.Band?.From is { } begin)
        {
            Blank(past, from, period, DateTimeOffset.MinValue, begin);
        }

        var history = alarm.History;
        if (!history.IsEmpty && (history[0].From == AlarmState.Alarm || history[0].Number > 1))
        {
            Blank(past, from, period, DateTimeOffset.MinValue, history[0].At);
        }

        for (var i = 0; i < history.Length; i++)
        {
            if (history[i].To == AlarmState.Alarm)
            {
                var led = history[i].At - (period * (MissingDataRule.Range(alarm.Definition.Rule.Of) + 1));
                Blank(past, from, period, history[i].Evidence?.From ?? led, i + 1 < history.Length ? history[i + 1].At : DateTimeOffset.MaxValue);
            }
        }

        foreach (var window in maintenance.Windows)
        {
            BlankWindow(past, from, period, window, alarm, group);
        }

        foreach (var window in maintenance.Past)
        {
            BlankWindow(past, from, period, window, alarm, group);
        }
    }

    private static void BlankWindow(Span<double> past, DateTimeOffset from, TimeSpan period, MaintenanceWindow window, Alarm alarm, string group)
    {
        if (window.Covers(group, alarm.Definition, window.From))
        {
            Blank(past, from, period, window.From, window.To);
        }
    }

    /// <summary>Every period that touches the time.</summary>
    private static void Blank(Span<double> past, DateTimeOffset from, TimeSpan period, DateTimeOffset begin, DateTimeOffset end)
    {
        var all = from + (period * past.Length);
        if (end <= from || begin >= all)
        {
            return;
        }

        var first = begin <= from ? 0 : (int)((begin - from).Ticks / period.Ticks);
        var last = end >= all ? past.Length : (int)(((end - from).Ticks + period.Ticks - 1) / period.Ticks);
        past[first..last].Fill(double.NaN);
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] / 2) + (values[half] / 2);
    }
}
