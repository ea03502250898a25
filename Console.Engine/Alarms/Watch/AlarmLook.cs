using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>What an alarm's rule would see now, further back than it looks: for people.</summary>
/// <param name="Ends">Ends of the periods, UTC.</param>
/// <param name="Values">One for each; null where there is none.</param>
/// <param name="Streams">How many streams it is made of.</param>
public sealed record AlarmLook(ImmutableArray<DateTimeOffset> Ends, ImmutableArray<double?> Values, int Streams)
{
    private const int Most = 100;

    /// <summary>The band at each period, of a rule with a band: null where too little was known. Empty for other rules.</summary>
    public ImmutableArray<BandLimits?> Bands { get; init; } = [];

    /// <summary>What the newest period is judged by; null without a band, or while too little is known.</summary>
    public BandLimits? Band => Bands.IsEmpty ? null : Bands[^1];

    /// <summary>Null for composites.</summary>
    /// <param name="group">The alarm's, for the windows that cover it.</param>
    public static AlarmLook? At(Alarm alarm, string group, MaintenanceBook maintenance, MetricStore store, DateTimeOffset now)
    {
        if (alarm.Definition.Rule is not { } rule)
        {
            return null;
        }

        var watched = new WatchedAlarm(group, alarm);
        var shown = Math.Max(watched.Range, Periods(rule));
        var values = new double[Math.Max(shown, watched.Past + watched.Range)];
        shown = rule.Band is null ? shown : Math.Min(Most, values.Length);
        var end = AlarmRound.EndAt(now - AlarmTick.Grace, rule.Period);
        watched.Values(store, new MetricQuery(), end, values, new double[values.Length * rule.Inputs.Length]);
        return new(
            [.. Enumerable.Range(1, shown).Select(i => end - (rule.Period * (shown - i)))],
            [.. values.TakeLast(shown).Select(value => double.IsNaN(value) ? (double?)null : value)],
            watched.Streams)
        {
            Bands = rule.Band is { } band ? Learn(watched, band, values, shown, end, alarm, maintenance) : [],
        };
    }

    /// <summary>What the newest period is judged by; null without a band, or while too little is known.</summary>
    public static BandLimits? BandAt(Alarm alarm, string group, MaintenanceBook maintenance, MetricStore store, DateTimeOffset now)
    {
        if (alarm.Definition.Rule is not { Band: { } band } rule)
        {
            return null;
        }

        var watched = new WatchedAlarm(group, alarm);
        var values = new double[watched.Past + watched.Range];
        var end = AlarmRound.EndAt(now - AlarmTick.Grace, rule.Period);
        watched.Values(store, new MetricQuery(), end, values, new double[values.Length * rule.Inputs.Length]);
        var past = values.AsSpan(0, watched.Past);
        BandLearning.TakeOut(past, end - (rule.Period * values.Length), alarm, group, maintenance);
        return BandLearning.Of(past, band, new double[past.Length]);
    }

    /// <summary>Each period by what was known when it was the newest of those judged.</summary>
    private static ImmutableArray<BandLimits?> Learn(WatchedAlarm watched, AnomalyBand band, double[] values, int shown, DateTimeOffset end, Alarm alarm, MaintenanceBook maintenance)
    {
        var past = values.ToArray();
        BandLearning.TakeOut(past, end - (watched.Rule.Period * past.Length), alarm, watched.Group, maintenance);
        var scratch = new double[past.Length];
        return [.. Enumerable.Range(values.Length - shown, shown).Select(i => BandLearning.Of(past.AsSpan(0, Math.Max(0, i + 1 - watched.Range)), band, scratch))];
    }

    /// <summary>As many as the store keeps at the resolution the rule needs.</summary>
    private static int Periods(MetricRule rule)
    {
        var distribution = rule.Inputs.Any(input => input.Statistic.Kind == StatisticKind.Percentile);
        var most = Most;
        while (most > 1 && StoreShape.TierFor(rule.Period, most, distribution) < 0)
        {
            most--;
        }

        return most;
    }
}
