using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Engine.Alarms.Streams;

namespace OpsConsole.Engine.Alarms.Watch;

/// <summary>Evaluates alarms against the store, one after another. Leaves no garbage where nothing changes.</summary>
public sealed class AlarmEvaluator(MetricStore store)
{
    private const int MostPeriods = AlarmRules.MostPeriods + 2 + BandLearning.MostKnown;

    private readonly MetricQuery _query = new();
    private readonly double[] _values = new double[MostPeriods];
    private readonly double[] _scratch = new double[AlarmRules.MostInputs * MostPeriods];
    private readonly AlarmPoint[] _points = new AlarmPoint[AlarmRules.MostPeriods + 2];

    /// <summary>What is found of the periods up to a time; null where the alarm stays as it is.</summary>
    /// <param name="now">As it is now: its state, and when it was in which.</param>
    /// <param name="maintenance">From what lies in its windows no band learns.</param>
    /// <param name="end">End of the newest period, a whole multiple of its length.</param>
    public AlarmFinding? Evaluate(WatchedAlarm alarm, Alarm now, MaintenanceBook maintenance, DateTimeOffset end)
    {
        var (rule, state) = (alarm.Rule, now.State);
        var all = _values.AsSpan(0, alarm.Past + alarm.Range);
        var values = all[alarm.Past..];
        var points = _points.AsSpan(0, alarm.Range);
        alarm.Values(store, _query, end, all, _scratch);
        BandLimits? limits = null;
        if (rule.Band is { } band)
        {
            BandLearning.TakeOut(all[..alarm.Past], end - (rule.Period * all.Length), now, alarm.Group, maintenance);
            limits = BandLearning.Of(all[..alarm.Past], band, _scratch);
            if (limits is null)
            {
                return Unlearned(alarm, state, end, values);
            }
        }

        var (real, breaching) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            points[i] = double.IsNaN(values[i]) ? AlarmPoint.Missing : rule.Breaks(values[i], limits) ? AlarmPoint.Breaching : AlarmPoint.Good;
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
        return verdict.State is { } found && found != state ? Finding(alarm, found, end, values, verdict.Filled, limits) : null;
    }

    /// <summary>Too little to learn a band from is no good data, whatever missing data is taken for. Before the store could have known enough, nothing is found.</summary>
    private AlarmFinding? Unlearned(WatchedAlarm alarm, AlarmState state, DateTimeOffset end, ReadOnlySpan<double> values)
    {
        if (end - (alarm.Rule.Period * (alarm.Range + BandLearning.LeastKnown)) < store.Since)
        {
            return null;
        }

        alarm.Judged = true;
        return state == AlarmState.InsufficientData ? null : Finding(alarm, AlarmState.InsufficientData, end, values, 0, null);
    }

    private static AlarmFinding Finding(WatchedAlarm alarm, AlarmState found, DateTimeOffset end, ReadOnlySpan<double> values, int filled, BandLimits? limits)
    {
        var kept = ImmutableArray.CreateBuilder<double?>(values.Length);
        foreach (var value in values)
        {
            kept.Add(double.IsNaN(value) ? null : value);
        }

        var evidence = new AlarmEvidence(end - (alarm.Rule.Period * values.Length), end, kept.MoveToImmutable(), filled) { Streams = alarm.Streams, Band = limits };
        var seen = string.Join(", ", evidence.Values.Select(value => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "none"));
        var stood = filled == 0 ? "" : $"; {filled} stood in for by '{alarm.Rule.Missing}'";
        var band = alarm.Rule.Band is null ? ""
            : limits is null ? FormattableString.Invariant($"; fewer than {BandLearning.LeastKnown} periods are known to learn the band from")
            : FormattableString.Invariant($"; the band is {limits.Lower:0.####} to {limits.Upper:0.####}, learned from {limits.Known} periods");
        return new(alarm.Alarm.Definition.Name, alarm.Alarm.Version, found, string.Create(CultureInfo.InvariantCulture, $"{alarm.Rule}: {seen} up to {end:HH:mm:ss} UTC{stood}{band}"), evidence);
    }
}
