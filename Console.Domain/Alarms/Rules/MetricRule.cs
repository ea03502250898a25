using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Domain.Alarms.Rules;

public enum Comparison
{
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
}

/// <summary>One number a rule is made of.</summary>
/// <param name="Id">By which the expression names it: a letter, then letters and digits, at most 16.</param>
/// <param name="Streams">All that match are taken together, as if they had been one.</param>
public sealed record AlarmInput(string Id, StreamSelector Streams, Statistic Statistic);

/// <summary>An M-of-N rule over streams.</summary>
/// <param name="Inputs">1 to 10.</param>
/// <param name="Threshold">In the unit of the stream, or of the expression; 0 where there is a band.</param>
public sealed record MetricRule(ImmutableArray<AlarmInput> Inputs, Comparison Comparison, double Threshold)
{
    /// <summary>Made of the inputs by + - * / and min, max, abs, fill; null where the one input itself is meant.</summary>
    public string? Expression { get; init; }

    /// <summary>How long one period is.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>M: so many periods must break the rule.</summary>
    public int Bad { get; init; } = 1;

    /// <summary>N: of so many.</summary>
    public int Of { get; init; } = 1;

    public MissingTreatment Missing { get; init; }

    /// <summary>A period in which an input has fewer observations counts as missing. Null: what its statistic needs (<see cref="Statistic.LeastSamples"/>).</summary>
    public long? MinSamples { get; init; }

    /// <summary>In the place of comparison and threshold; null where those decide.</summary>
    public AnomalyBand? Band { get; init; }

    /// <param name="limits">Of the band, where there is one.</param>
    public bool Breaks(double value, BandLimits? limits) => Band is null ? Breaks(value) : limits is not null && Band.Breaks(value, limits);

    private bool Breaks(double value) =>
        Comparison switch
        {
            Comparison.GreaterThan => value > Threshold,
            Comparison.GreaterOrEqual => value >= Threshold,
            Comparison.LessThan => value < Threshold,
            _ => value <= Threshold,
        };

    /// <summary>The rule in words: <c>p99 of request-ms{service=web} &gt; 250, 2 of 3 periods of 1 min</c>.</summary>
    public override string ToString()
    {
        var sign = Comparison switch { Comparison.GreaterThan => ">", Comparison.GreaterOrEqual => ">=", Comparison.LessThan => "<", _ => "<=" };
        var limit = Threshold.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
        var inputs = string.Join(", ", Inputs.Select(input => Expression is null ? $"{input.Statistic} of {input.Streams}" : $"{input.Id} = {input.Statistic} of {input.Streams}"));
        var what = Expression is null ? inputs : $"{Expression} with {inputs}";
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what} {(Band is null ? $"{sign} {limit}" : Band.ToString())}, {Bad} of {Of} periods of {Period.TotalSeconds:0} s");
    }
}
