using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Engine.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>What an alarm's rule would see now, further back than it looks: for people.</summary>
/// <param name="Ends">Ends of the periods, UTC.</param>
/// <param name="Values">One for each; null where there is none.</param>
/// <param name="Streams">How many streams it is made of.</param>
public sealed record AlarmLook(ImmutableArray<DateTimeOffset> Ends, ImmutableArray<double?> Values, int Streams)
{
    private const int Most = 100;

    /// <summary>Null for composites.</summary>
    public static AlarmLook? At(Alarm alarm, MetricStore store, DateTimeOffset now)
    {
        if (alarm.Definition.Rule is not { } rule)
        {
            return null;
        }

        var watched = new WatchedAlarm("", alarm);
        var values = new double[Math.Max(watched.Range, Periods(rule))];
        var end = AlarmRound.EndAt(now - AlarmTick.Grace, rule.Period);
        watched.Values(store, new MetricQuery(), end, values, new double[values.Length * rule.Inputs.Length]);
        return new(
            [.. Enumerable.Range(1, values.Length).Select(i => end - (rule.Period * (values.Length - i)))],
            [.. values.Select(value => double.IsNaN(value) ? (double?)null : value)],
            watched.Streams);
    }

    /// <summary>As many as the store keeps at the resolution the rule needs.</summary>
    private static int Periods(MetricRule rule)
    {
        var distribution = rule.Inputs.Any(input => input.Statistic.Kind == StatisticKind.Percentile);
        var most = Most;
        while (most > 1 && Domain.Alarms.Streams.StoreShape.TierFor(rule.Period, most, distribution) < 0)
        {
            most--;
        }

        return most;
    }
}
