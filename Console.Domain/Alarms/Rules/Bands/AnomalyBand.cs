namespace OpsConsole.Domain.Alarms.Rules.Bands;

public enum BandSide
{
    Both,
    Above,
    Below,
}

/// <summary>A threshold that follows what the stream itself did: values outside the band break the rule.</summary>
/// <param name="Width">How far the band reaches to either side of the centre, in spreads: 1 to 100.</param>
/// <param name="Side">Which side breaks the rule.</param>
public sealed record AnomalyBand(double Width, BandSide Side = BandSide.Both)
{
    public const double Narrowest = 1;
    public const double Widest = 100;

    /// <summary>In the unit of the stream, or of the expression: a smaller spread counts as this one, so that a calm stream does not alarm for nothing.</summary>
    public double LeastSpread { get; init; }

    /// <summary>Nothing before this time is learned from, UTC: for a change that is meant to last. Null for all that is kept.</summary>
    public DateTimeOffset? From { get; init; }

    public bool Breaks(double value, BandLimits limits) => (Side != BandSide.Below && value > limits.Upper) || (Side != BandSide.Above && value < limits.Lower);

    public override string ToString()
    {
        var side = Side switch { BandSide.Above => "above", BandSide.Below => "below", _ => "outside" };
        return FormattableString.Invariant($"{side} {Width:0.##} spreads of its own past");
    }
}

/// <summary>A band at one moment.</summary>
/// <param name="Known">How many periods it was learned from.</param>
public sealed record BandLimits(double Centre, double Spread, double Lower, double Upper, int Known);
