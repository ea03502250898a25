using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Engine.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>Evaluates alarms against the store, one after another. Leaves no garbage where nothing changes.</summary>
public sealed class AlarmEvaluator(MetricStore store)
{
    private readonly MetricQuery _query = new();
    private readonly double[] _values = new double[AlarmRules.MostPeriods + 2];
    private readonly double[] _scratch = new double[AlarmRules.MostInputs * (AlarmRules.MostPeriods + 2)];
    private readonly AlarmPoint[] _points = new AlarmPoint[AlarmRules.MostPeriods + 2];

    /// <summary>What is found of the periods up to a time; null where the alarm stays as it is.</summary>
    /// <param name="state">The state it is in.</param>
    /// <param name="end">End of the newest period, a whole multiple of its length.</param>
    public AlarmFinding? Evaluate(WatchedAlarm alarm, AlarmState state, DateTimeOffset end)
    {
        var rule = alarm.Rule;
        var values = _values.AsSpan(0, alarm.Range);
        var points = _points.AsSpan(0, alarm.Range);
        alarm.Values(store, _query, end, values, _scratch);
        var (real, breaching) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            points[i] = double.IsNaN(values[i]) ? AlarmPoint.Missing : rule.Breaks(values[i]) ? AlarmPoint.Breaching : AlarmPoint.Good;
            real += points[i] == AlarmPoint.Missing ? 0 : 1;
            breaching += points[i] == AlarmPoint.Breaching ? 1 : 0;
        }

        // Before the store began nothing is known: those periods are not missing, they were not seen. Until they have passed only what was seen may decide.
        var unknown = end - (rule.Period * alarm.Range) < store.Since;
        if (unknown && real < rule.Of && breaching < rule.Bad)
        {
            return null;
        }

        alarm.Judged = true;
        var verdict = MissingDataRule.Judge(points, rule.Of, rule.Bad, rule.Missing);
        return verdict.State is { } found && found != state ? Finding(alarm, found, end, values, verdict.Filled) : null;
    }

    private static AlarmFinding Finding(WatchedAlarm alarm, AlarmState found, DateTimeOffset end, ReadOnlySpan<double> values, int filled)
    {
        var kept = ImmutableArray.CreateBuilder<double?>(values.Length);
        foreach (var value in values)
        {
            kept.Add(double.IsNaN(value) ? null : value);
        }

        var evidence = new AlarmEvidence(end - (alarm.Rule.Period * values.Length), end, kept.MoveToImmutable(), filled) { Streams = alarm.Streams };
        var seen = string.Join(", ", evidence.Values.Select(value => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "none"));
        var stood = filled == 0 ? "" : $"; {filled} stood in for by '{alarm.Rule.Missing}'";
        return new(alarm.Alarm.Definition.Name, alarm.Alarm.Version, found, string.Create(CultureInfo.InvariantCulture, $"{alarm.Rule}: {seen} up to {end:HH:mm:ss} UTC{stood}"), evidence);
    }
}
