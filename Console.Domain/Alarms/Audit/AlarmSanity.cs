using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Rules.Composites;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Audit;

/// <summary>Whether one alarm can do its work.</summary>
internal static class AlarmSanity
{
    public static IEnumerable<AuditFinding> Of(string name, AlarmDefinition alarm, StreamLookup streams, ImmutableDictionary<string, BandLimits> bands, DateTimeOffset now) =>
        (alarm.Rule is { } rule ? (rule.Band is { } band ? BandReach.Of(rule, band, bands.GetValueOrDefault(name)) : Reach(rule)).Concat(rule.Inputs.SelectMany(input => Stream(rule, input, streams, now))) : Constant(alarm.Composite!))
        .Select(found => new AuditFinding(found.Kind, name, found.What, found.Do) { Service = alarm.Service, Alarm = name });

    private static IEnumerable<(AuditKind Kind, string What, string Do)> Stream(MetricRule rule, AlarmInput input, StreamLookup streams, DateTimeOffset now)
    {
        StreamFacts[] matching = [.. streams.Matching(input.Streams)];
        var silence = rule.Missing == MissingTreatment.Breaching ? "it can only be in ALARM" : "it can never fire";
        if (matching.Length == 0)
        {
            yield return (AuditKind.NoSuchStream, $"No stream matches {input.Streams}: {silence}.", "Was the metric renamed, or the zone emptied? Correct the alarm or take it out.");
            yield break;
        }

        var (last, range) = (matching.Max(stream => stream.Last), rule.Period * MissingDataRule.Range(rule.Of));
        if (last < now - range)
        {
            yield return (AuditKind.SilentStream, string.Create(CultureInfo.InvariantCulture, $"{input.Streams} was last heard of {(now - last).TotalMinutes:0} min ago, longer than the {range.TotalMinutes:0.#} min it looks at."), "Find out who no longer hands it in.");
            yield break;
        }

        var every = TimeSpan.FromTicks((long)(1 / matching.Sum(stream => 1.0 / Math.Max(1, stream.Every.Ticks))));
        if (every > rule.Period)
        {
            yield return (AuditKind.PeriodTooShort, string.Create(CultureInfo.InvariantCulture, $"{input.Streams} comes every {every.TotalSeconds:0} s, and its periods are {rule.Period.TotalSeconds:0} s: most have no data."), $"Give a period of at least {Math.Ceiling(every.TotalSeconds * 1.5):0} s.");
        }

        var (most, least) = (matching.Sum(stream => stream.PerMinute) * rule.Period.TotalMinutes, rule.MinSamples ?? input.Statistic.LeastSamples);
        if (most < least)
        {
            yield return (AuditKind.TooFewSamples, string.Create(CultureInfo.InvariantCulture, $"{input.Streams} gives some {most:0.#} samples in a period and the alarm asks for {least}: no period has data."), "Give a longer period, a smaller percentile, or fewer samples.");
        }
    }

    /// <summary>What the statistic of one input can be, against the threshold.</summary>
    private static IEnumerable<(AuditKind Kind, string What, string Do)> Reach(MetricRule rule)
    {
        if (RangeOf(rule) is not { } reach)
        {
            yield break;
        }

        var (input, low, high) = (rule.Inputs[0], reach.Low, reach.High);
        var (never, always) = rule.Comparison switch
        {
            Comparison.GreaterThan => (high <= rule.Threshold, low > rule.Threshold),
            Comparison.GreaterOrEqual => (high < rule.Threshold, low >= rule.Threshold),
            Comparison.LessThan => (low >= rule.Threshold, high < rule.Threshold),
            _ => (low > rule.Threshold, high <= rule.Threshold),
        };
        var range = string.Create(CultureInfo.InvariantCulture, $"{input.Statistic} of {input.Streams.Metric} lies between {low:0.###} and {(double.IsInfinity(high) ? "any number" : high.ToString("0.###", CultureInfo.InvariantCulture))}");
        if (never)
        {
            yield return (AuditKind.NeverFires, $"{range}: {rule} can never be.", "Correct the threshold or the comparison.");
        }
        else if (always)
        {
            yield return (AuditKind.AlwaysFires, $"{range}: {rule} always holds.", "Correct the threshold or the comparison.");
        }
    }

    /// <summary>Between what the statistic of a rule's one input can lie; null where that is not known.</summary>
    internal static (double Low, double High)? RangeOf(MetricRule rule)
    {
        if (rule.Expression is not null || rule.Inputs is not [var input])
        {
            return null;
        }

        var single = input.Statistic.Kind == StatisticKind.SampleCount ? (0, double.PositiveInfinity) : StreamNames.RangeOf(input.Streams.Metric);
        return single is not { } one ? null : input.Statistic.Kind == StatisticKind.Sum ? (Math.Min(0, one.Item1), double.PositiveInfinity) : one;
    }

    private static IEnumerable<(AuditKind Kind, string What, string Do)> Constant(CompositeRule rule)
    {
        if (rule.Read is not { Children.IsEmpty: true } expression)
        {
            yield break;
        }

        yield return expression.Holds(_ => null)
            ? (AuditKind.AlwaysFires, $"'{rule.Expression}' names no alarm and is always true.", "Name the alarms it is to watch.")
            : (AuditKind.NeverFires, $"'{rule.Expression}' names no alarm and is never true.", "Name the alarms it is to watch, or take it out.");
    }
}
