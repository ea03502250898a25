using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules.Bands;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>What an alarm would have said, had it been there: for whoever writes it, before it is put.</summary>
/// <param name="States">After each period; null before enough periods were there to be looked at.</param>
/// <param name="Fired">How often it would have gone to ALARM.</param>
/// <param name="Breaking">How many periods break the rule.</param>
/// <param name="Silent">How many have no data.</param>
public sealed record RuleRehearsal(ImmutableArray<AlarmState?> States, int Fired, int Breaking, int Silent)
{
    /// <summary>What it would say now; null where there are too few periods.</summary>
    public AlarmState? Now => States.IsEmpty ? null : States[^1];

    public int InAlarm => States.Count(state => state == AlarmState.Alarm);

    /// <param name="values">Oldest first; null where there was none.</param>
    /// <param name="bands">As many as values, of a rule with a band; else none.</param>
    public static RuleRehearsal Of(MetricRule rule, ImmutableArray<double?> values, ImmutableArray<BandLimits?> bands)
    {
        var range = MissingDataRule.Range(rule.Of);
        var points = new AlarmPoint[range];
        var states = ImmutableArray.CreateBuilder<AlarmState?>(values.Length);
        var (state, fired) = ((AlarmState?)null, 0);
        for (var end = 0; end < values.Length; end++)
        {
            var before = state;
            if (end + 1 >= range)
            {
                state = At(rule, values.AsSpan().Slice(end + 1 - range, range), rule.Band is null ? null : bands[end], points) ?? state ?? AlarmState.InsufficientData;
            }

            states.Add(state);
            fired += state == AlarmState.Alarm && before != AlarmState.Alarm ? 1 : 0;
        }

        var breaking = Enumerable.Range(0, values.Length).Count(i => values[i] is { } value && rule.Breaks(value, rule.Band is null ? null : bands[i]));
        return new(states.MoveToImmutable(), fired, breaking, values.Count(value => value is null));
    }

    private static AlarmState? At(MetricRule rule, ReadOnlySpan<double?> values, BandLimits? limits, AlarmPoint[] points)
    {
        if (rule.Band is not null && limits is null)
        {
            return AlarmState.InsufficientData;
        }

        for (var i = 0; i < values.Length; i++)
        {
            points[i] = values[i] is not { } value ? AlarmPoint.Missing : rule.Breaks(value, limits) ? AlarmPoint.Breaching : AlarmPoint.Good;
        }

        return MissingDataRule.Judge(points, rule.Of, rule.Bad, rule.Missing).State;
    }
}
