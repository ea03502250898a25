using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Web.Alarms;

/// <summary>One number of an alarm's rule.</summary>
/// <param name="Streams">Such as <c>requests{service=web,az=eu-west-1a}</c>.</param>
/// <param name="Statistic">average, sum, minimum, maximum, samples, or p99 and the like.</param>
public sealed record InputBody(string Id, string Streams, string Statistic);

/// <summary>An alarm as it is put: either over streams (<paramref name="Streams"/> with <paramref name="Statistic"/>, or <paramref name="Inputs"/> with <paramref name="Expression"/>) or over other alarms (<paramref name="Composite"/>).</summary>
/// <param name="Scope">The part of the fleet it speaks for.</param>
/// <param name="Bad">M of the last <paramref name="Of"/> periods must break the rule.</param>
/// <param name="Band">In the place of <paramref name="Comparison"/> and <paramref name="Threshold"/>: a band around the stream's own past.</param>
/// <param name="Missing">missing, ignore, breaching or notBreaching.</param>
public sealed record AlarmBody(
    Scope Scope, string? Service = null, string Description = "", ImmutableArray<string>? Tags = null, bool Actions = true, string? Essential = null,
    string? Streams = null, string Statistic = "average", ImmutableArray<InputBody>? Inputs = null, string? Expression = null,
    Comparison Comparison = Comparison.GreaterThan, double? Threshold = null, AnomalyBand? Band = null, double PeriodSeconds = 60, int Bad = 1, int Of = 1, MissingTreatment Missing = MissingTreatment.Missing, long? MinSamples = null,
    string? Composite = null, string? Suppressor = null, double WaitSeconds = 60, double ExtensionSeconds = 60, string? Reason = null)
{
    /// <summary>Null where it cannot be read; <paramref name="wrong"/> then says why.</summary>
    internal AlarmDefinition? Read(string name, Scope placed, out string? wrong)
    {
        wrong = null;
        var alarm = new AlarmDefinition(name, placed) { Service = Service, Description = Description, Tags = Tags ?? [], Actions = Actions, Essential = Essential };
        if (Composite is { } composite)
        {
            wrong = Streams is not null || Inputs is { IsEmpty: false } ? "it is over streams and over alarms; give one of the two" : null;
            return wrong is null ? alarm with { Composite = new(composite) { Suppressor = Suppressor, Wait = Seconds(WaitSeconds), Extension = Seconds(ExtensionSeconds) } } : null;
        }

        InputBody[] given = Inputs is { IsEmpty: false } many ? [.. many] : [new("m", Streams ?? "", Statistic)];
        var inputs = ImmutableArray.CreateBuilder<AlarmInput>();
        foreach (var input in given)
        {
            if (StreamSelector.Parse(input.Streams, out wrong) is not { } streams)
            {
                return null;
            }

            if (OpsConsole.Domain.Alarms.Rules.Statistic.Parse(input.Statistic) is not { } statistic)
            {
                wrong = $"'{input.Statistic}' is no statistic; give average, sum, minimum, maximum, samples, or p99 and the like";
                return null;
            }

            inputs.Add(new(input.Id, streams, statistic));
        }

        wrong = Threshold is null && Band is null ? "it has no threshold and no band" : Threshold is not null && Band is not null ? "it has a threshold and a band; give one of the two" : null;
        return wrong is not null ? null : alarm with
        {
            Rule = new(inputs.ToImmutable(), Comparison, Threshold ?? 0) { Band = Band, Expression = Expression, Period = Seconds(PeriodSeconds), Bad = Bad, Of = Of, Missing = Missing, MinSamples = MinSamples },
        };
    }

    private static TimeSpan Seconds(double seconds) => double.IsFinite(seconds) && Math.Abs(seconds) < 1e7 ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(-1);
}

/// <summary>Several alarms of one group, all or none.</summary>
/// <param name="Replace">Whether alarms of the group that are not given are taken out.</param>
public sealed record GroupBody(ImmutableDictionary<string, AlarmBody> Alarms, bool Replace = false, string? Reason = null);

/// <param name="Change">Number of the change to ALARM.</param>
/// <param name="Right">Whether it was right to fire.</param>
public sealed record JudgeBody(int Change, bool Right, string Note = "", string? Reason = null);

/// <param name="What">What happened that no alarm told of.</param>
public sealed record MissedBody(Scope Scope, string What, DateTimeOffset From, DateTimeOffset? To = null, string? Reason = null);

/// <param name="Group">Left out, the service's own name.</param>
/// <param name="DryRun">Only shows what would be put.</param>
public sealed record StarterBody(string Service, string? Group = null, bool DryRun = false, string? Reason = null);

/// <param name="Group">Only this group's alarms; all where it is left out.</param>
public sealed record MaintenanceBody(Scope Scope, DateTimeOffset From, DateTimeOffset To, string Reason, string? Group = null);
