using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Alarms.Judge.Kayenta;

/// <summary>
/// Kayenta's interval and estimate of the shift, experiment minus control: the normal approximation inverted by a root finder with an absolute tolerance.
/// Kept for comparison only: at the scale of error rates it says little. Ours is <see cref="HodgesLehmann"/>.
/// </summary>
public sealed record ShiftInterval(double Low, double High, double Estimate)
{
    /// <summary>Null where all values tie at some shift and there is nothing to divide by.</summary>
    public static ShiftInterval? Of(double[] experiment, double[] control, double confidence)
    {
        var (from, to) = (experiment.Min() - control.Max(), experiment.Max() - control.Min());
        var quantile = Normal.Quantile((1 - confidence) / 2);
        var (low, high, estimate) = (Root(-quantile, bracketed: true), Root(quantile, bracketed: true), Root(0, bracketed: false));
        return double.IsNaN(low) || double.IsNaN(high) || double.IsNaN(estimate) ? null : new(low, high, estimate);

        double Root(double at, bool bracketed)
        {
            var (first, last) = (Statistic(from, at, experiment, control), Statistic(to, at, experiment, control));
            return double.IsNaN(first) || double.IsNaN(last) ? double.NaN
                : bracketed && first <= 0 ? from
                : bracketed && last >= 0 ? to
                : ZeroIn.Find((from, first), (to, last), shift => Statistic(shift, at, experiment, control));
        }
    }

    /// <summary>The standardised rank sum of the experiment less the shift, corrected for ties and continuity, less a quantile; NaN where all values tie.</summary>
    public static double Statistic(double shift, double quantile, double[] experiment, double[] control)
    {
        var (m, n) = (experiment.Length, control.Length);
        var ranking = Ranking.Of(experiment, control, shift);
        var off = ranking.FirstSum - (m * (m + 1.0) / 2) - (m * (double)n / 2);
        var sigma = RankSumTest.Sigma(m, n, ranking.Ties);
        return sigma == 0 ? double.NaN : ((off - (Math.Sign(off) * 0.5)) / sigma) - quantile;
    }
}
