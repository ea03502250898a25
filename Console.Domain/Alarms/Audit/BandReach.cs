using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;

namespace OpsConsole.Domain.Alarms.Audit;

/// <summary>Whether what an alarm's streams can show can ever lie outside its band.</summary>
internal static class BandReach
{
    /// <param name="now">The band now; null while too little is known.</param>
    public static IEnumerable<(AuditKind Kind, string What, string Do)> Of(MetricRule rule, AnomalyBand band, BandLimits? now)
    {
        if (AlarmSanity.RangeOf(rule) is not { } range)
        {
            yield break;
        }

        var (input, high) = (rule.Inputs[0], double.IsInfinity(range.High) ? "any number" : FormattableString.Invariant($"{range.High:0.###}"));
        var between = FormattableString.Invariant($"{input.Statistic} of {input.Streams.Metric} lies between {range.Low:0.###} and {high}");
        if (band.Width * band.LeastSpread >= range.High - range.Low)
        {
            yield return (AuditKind.NeverFires, FormattableString.Invariant($"{between}, and the band reaches at least {band.Width * band.LeastSpread:0.####} to either side: nothing can lie outside it."), "Give a smaller least spread, or a narrower band.");
        }
        else if (now is not null && (band.Side == BandSide.Below || now.Upper >= range.High) && (band.Side == BandSide.Above || now.Lower <= range.Low))
        {
            yield return (AuditKind.NeverFires, FormattableString.Invariant($"{between}, and the band is now {now.Lower:0.####} to {now.Upper:0.####} ({now.Known} periods): nothing can lie {(band.Side == BandSide.Both ? "outside" : band.Side == BandSide.Above ? "above" : "below")} it."), "Give a narrower band, a longer period, or a threshold.");
        }
    }
}
