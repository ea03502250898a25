using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Rules.Composites;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>One thing wrong with an alarm.</summary>
/// <param name="Path">Where: <c>rule.period</c>.</param>
/// <param name="What">What is wrong and what to do.</param>
public sealed record AlarmError(string Path, string What);

/// <summary>What holds of every alarm by itself. Finds all errors, not the first.</summary>
public static class AlarmRules
{
    public const int LongestName = 100;
    public const int MostInputs = 10;
    public const int MostPeriods = 100;
    private const int MostTags = 10;
    private const int LongestDescription = 500;

    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(1);

    public static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public static ImmutableArray<AlarmError> Check(AlarmDefinition alarm)
    {
        var errors = ImmutableArray.CreateBuilder<AlarmError>();
        void Add(bool wrong, string path, string what)
        {
            if (wrong)
            {
                errors.Add(new(path, what));
            }
        }

        Add(!IsName(alarm.Name), "name", $"give 1 to {LongestName} letters, digits, '-', '_' or '.'.");
        Add(alarm.Service is not null && !IsName(alarm.Service), "service", "give a service's name, or leave it out.");
        Add(alarm.Description.Length > LongestDescription, "description", $"give at most {LongestDescription} characters.");
        Add(alarm.Tags.Length > MostTags || !alarm.Tags.All(IsName), "tags", $"give at most {MostTags} tags of letters, digits, '-', '_' or '.'.");
        Add(alarm.Rule is null == alarm.Composite is null, "rule", "give either a rule over streams or a composite over other alarms.");
        if (alarm.Rule is { } rule)
        {
            Check(rule, Add);
        }

        if (alarm.Composite is { } composite)
        {
            Add(CompositeExpression.Parse(composite.Expression, out var wrong) is null, "composite.expression", $"{wrong}.");
            Add(composite.Wait < TimeSpan.Zero || composite.Wait > LongestHold, "composite.wait", "give 0s to 1d.");
            Add(composite.Extension < TimeSpan.Zero || composite.Extension > LongestHold, "composite.extension", "give 0s to 1d.");
        }

        return errors.ToImmutable();
    }

    private static void Check(MetricRule rule, Action<bool, string, string> add)
    {
        add(rule.Inputs.Length is 0 or > MostInputs, "rule.inputs", $"give 1 to {MostInputs} inputs.");
        add(rule.Expression is null && rule.Inputs.Length > 1, "rule.expression", "there are several inputs; say how one number is made of them.");
        add(rule.Inputs.Select(input => input.Id).Distinct().Count() < rule.Inputs.Length, "rule.inputs", "two have the same id; give each its own.");
        if (rule.Expression is { } expression)
        {
            var read = MetricExpression.Parse(expression, [.. rule.Inputs.Select(input => input.Id)], out var wrong);
            add(read is null, "rule.expression", $"{wrong}.");
            add(read is not null && read.Used.Length < rule.Inputs.Length, "rule.expression", "it does not use every input; use them or leave them out.");
        }

        add(!double.IsFinite(rule.Threshold), "rule.threshold", "give a finite number.");
        add(rule.Of is < 1 or > MostPeriods, "rule.of", $"give 1 to {MostPeriods} periods.");
        add(rule.Bad < 1 || rule.Bad > rule.Of, "rule.bad", "give 1 to as many as there are periods: more can never break the rule.");
        if (rule.Band is { } band)
        {
            Check(rule, band, add);
        }

        add(rule.MinSamples is < 1 or > 1_000_000_000, "rule.minSamples", "give 1 or more, or leave it out.");
        foreach (var (input, i) in rule.Inputs.Select((input, i) => (input, i)))
        {
            var path = $"rule.inputs[{i}]";
            add(input.Id.Length is 0 or > 16 || !char.IsAsciiLetter(input.Id[0]) || !input.Id.All(char.IsAsciiLetterOrDigit) || input.Id is "min" or "max" or "abs" or "fill", $"{path}.id", "give a letter and then letters and digits, at most 16, and no function's name.");
            var odd = StreamText.Wrong(input.Streams.AsStream);
            add(odd is not null, $"{path}.streams", $"{odd}.");
            add(input.Statistic.Kind == StatisticKind.Percentile && !StoreShape.HasDistribution(input.Streams.Metric), $"{path}.statistic", "distributions are kept of streams in milliseconds only (names that end in -ms); choose another statistic.");
            add(rule.Of is >= 1 and <= MostPeriods && StoreShape.TierFor(rule.Period, MissingDataRule.Range(rule.Of), input.Statistic.Kind == StatisticKind.Percentile) < 0, "rule.period", PeriodHint(input.Statistic.Kind == StatisticKind.Percentile));
        }
    }

    private static void Check(MetricRule rule, AnomalyBand band, Action<bool, string, string> add)
    {
        add(rule.Threshold != 0, "rule.threshold", "there is a band; leave the threshold out.");
        add(!(band.Width >= AnomalyBand.Narrowest && band.Width <= AnomalyBand.Widest), "rule.band.width", "give 1 to 100 spreads.");
        add(!Enum.IsDefined(band.Side), "rule.band.side", "give above, below or both.");
        add(!(double.IsFinite(band.LeastSpread) && band.LeastSpread >= 0), "rule.band.leastSpread", "give 0 or more, in the unit of the stream.");
        add(rule.Of is >= 1 and <= MostPeriods && BandLearning.Periods(rule) < BandLearning.LeastKnown, "rule.period", $"a band is learned from at least {BandLearning.LeastKnown} periods before those that are judged, and the store does not keep so many: give a shorter period, or fewer.");
    }

    private static string PeriodHint(bool distribution) =>
        $"the store does not keep so much at that resolution: give whole seconds{(distribution ? " by tens" : "")} for up to 15 minutes in all, whole minutes for up to 3 hours, or times of 5 minutes for up to a day; two periods more than N are looked at.";
}
