using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Web.Alarms.Forms;

public enum AlarmKind
{
    Threshold,
    Band,
    Composite,
}

/// <summary>One input, as it is typed.</summary>
public sealed class InputField
{
    public string Id { get; set; } = "m";

    public string Streams { get; set; } = "";

    public string Statistic { get; set; } = "average";
}

/// <summary>An alarm as it is typed. What cannot be read is said with the field's path; what can is checked by the rules every alarm is checked by.</summary>
public sealed class AlarmForm
{
    public string Group { get; set; } = "";

    public string Name { get; set; } = "";

    public string Scope { get; set; } = "global";

    public string Service { get; set; } = "";

    public string Description { get; set; } = "";

    public string Tags { get; set; } = "";

    public bool Actions { get; set; } = true;

    public AlarmKind Kind { get; set; }

    public List<InputField> Inputs { get; } = [new()];

    public string Expression { get; set; } = "";

    public Comparison Comparison { get; set; }

    public string Threshold { get; set; } = "";

    public string Width { get; set; } = "4";

    public BandSide Side { get; set; }

    public string LeastSpread { get; set; } = "0";

    /// <summary>From when on a band learns; empty for all that is kept.</summary>
    public string From { get; set; } = "";

    public string PeriodSeconds { get; set; } = "60";

    public string Bad { get; set; } = "2";

    /// <summary>N: of so many periods.</summary>
    public string Last { get; set; } = "3";

    public MissingTreatment Missing { get; set; }

    public string MinSamples { get; set; } = "";

    public string Composite { get; set; } = "";

    public string Suppressor { get; set; } = "";

    public string WaitSeconds { get; set; } = "60";

    public string ExtensionSeconds { get; set; } = "60";

    /// <summary>Kept as it was: only the starter set marks alarms.</summary>
    public string? Essential { get; private init; }

    public static AlarmForm Of(string group, AlarmDefinition alarm)
    {
        var form = new AlarmForm
        {
            Group = group,
            Name = alarm.Name,
            Scope = alarm.Scope.ToString(),
            Service = alarm.Service ?? "",
            Description = alarm.Description,
            Tags = string.Join(", ", alarm.Tags),
            Actions = alarm.Actions,
            Essential = alarm.Essential,
        };
        if (alarm.Composite is { } composite)
        {
            (form.Kind, form.Composite, form.Suppressor) = (AlarmKind.Composite, composite.Expression, composite.Suppressor ?? "");
            (form.WaitSeconds, form.ExtensionSeconds) = (Say(composite.Wait.TotalSeconds), Say(composite.Extension.TotalSeconds));
        }
        else
        {
            form.Fill(alarm.Rule!);
        }

        return form;
    }

    /// <summary>Null where something is wrong; all of it is then in <paramref name="errors"/>.</summary>
    /// <param name="place">Finds a scope in the fleet; null where it has none such.</param>
    public AlarmDefinition? Read(Func<Scope, Scope?> place, out ImmutableArray<AlarmError> errors)
    {
        var reader = new FormReader();
        var placed = Domain.Access.Scope.Parse(Scope.Trim()) is { } scope ? place(scope) : null;
        reader.Wrong(placed is null, "scope", "the fleet has no such place; write global, partition:NAME, region:NAME, az:NAME or service:NAME.");
        var alarm = new AlarmDefinition(Name.Trim(), placed ?? Domain.Access.Scope.Global)
        {
            Service = Empty(Service),
            Description = Description.Trim(),
            Tags = [.. Tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Actions = Actions,
            Essential = Essential,
        };
        reader.Wrong(!AlarmRules.IsName(Group.Trim()), "group", "give 1 to 100 letters, digits, '-', '_' or '.'.");
        alarm = Kind == AlarmKind.Composite
            ? alarm with { Composite = new(Composite.Trim()) { Suppressor = Empty(Suppressor), Wait = reader.Seconds(WaitSeconds, "composite.wait"), Extension = reader.Seconds(ExtensionSeconds, "composite.extension") } }
            : alarm with { Rule = Rule(reader) };
        var found = reader.Errors;
        errors = [.. found, .. AlarmRules.Check(alarm).Where(error => !found.Any(known => known.Path == error.Path))];
        return errors.IsEmpty ? alarm : null;
    }

    private static string? Empty(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Say(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private MetricRule Rule(FormReader reader)
    {
        var inputs = ImmutableArray.CreateBuilder<AlarmInput>();
        foreach (var (field, i) in Inputs.Select((field, i) => (field, i)))
        {
            var streams = StreamSelector.Parse(field.Streams.Trim(), out var odd);
            reader.Wrong(streams is null, $"rule.inputs[{i}].streams", $"{odd}.");
            var statistic = Statistic.Parse(field.Statistic.Trim());
            reader.Wrong(statistic is null, $"rule.inputs[{i}].statistic", "give average, sum, minimum, maximum, samples, or p99 and the like.");
            inputs.Add(new(field.Id.Trim(), streams ?? new("none-ms"), statistic ?? Statistic.Average));
        }

        var banded = Kind == AlarmKind.Band;
        return new(inputs.ToImmutable(), banded ? Comparison.GreaterThan : Comparison, banded ? 0 : reader.Number(Threshold, "rule.threshold"))
        {
            Band = banded ? new(reader.Number(Width, "rule.band.width"), Side) { LeastSpread = reader.Number(LeastSpread, "rule.band.leastSpread"), From = reader.Time(From, "rule.band.from") } : null,
            Expression = Empty(Expression),
            Period = reader.Seconds(PeriodSeconds, "rule.period"),
            Bad = reader.Whole(Bad, "rule.bad"),
            Of = reader.Whole(Last, "rule.of"),
            Missing = Missing,
            MinSamples = Empty(MinSamples) is { } least ? reader.Whole(least, "rule.minSamples") : null,
        };
    }

    private void Fill(MetricRule rule)
    {
        Inputs.Clear();
        Inputs.AddRange(rule.Inputs.Select(input => new InputField { Id = input.Id, Streams = input.Streams.ToString(), Statistic = input.Statistic.ToString() }));
        (Kind, Expression, Comparison, Threshold) = (rule.Band is null ? AlarmKind.Threshold : AlarmKind.Band, rule.Expression ?? "", rule.Comparison, Say(rule.Threshold));
        if (rule.Band is { } band)
        {
            (Width, Side, LeastSpread, From, Threshold) = (Say(band.Width), band.Side, Say(band.LeastSpread), band.From?.ToString("u", CultureInfo.InvariantCulture) ?? "", "");
        }

        (PeriodSeconds, Bad, Last) = (Say(rule.Period.TotalSeconds), Say(rule.Bad), Say(rule.Of));
        (Missing, MinSamples) = (rule.Missing, rule.MinSamples?.ToString(CultureInfo.InvariantCulture) ?? "");
    }
}
