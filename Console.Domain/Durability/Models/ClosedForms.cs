using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Durability.Models;

/// <summary>Chances of loss, and times to it, that can be written down. Sums and products of positive terms, nothing is subtracted.</summary>
public static class ClosedForms
{
    /// <summary>Days of a year where rates are published by it (Backblaze).</summary>
    public const double DaysPerYear = 365;

    /// <summary>
    /// The horizon in windows as long as a repair; a window in which more shards fail than the code bears is a loss. F = rate × window; each shard fails with
    /// 1 − e^−F; loss of a window = chance of parity + 1 or more of all; loss of the horizon = that in any window.
    /// </summary>
    /// <param name="rate">Failures of a shard per year.</param>
    /// <param name="days">A window.</param>
    public static double FixedWindow(int data, int parity, double rate, double days, double horizonDays = DaysPerYear)
    {
        var shard = -Exact.ExpM1(-rate * days / DaysPerYear);
        return Exact.AnyOf(Binomial.AtLeast(data + parity, parity + 1, shard), horizonDays / days);
    }

    /// <summary>Losses per year, first order in rate × repair, with what is missing repaired side by side: n·C(n−1, m)·λ·(λ/μ)^m.</summary>
    /// <param name="rate">λ, per year.</param>
    /// <param name="repair">Mean repair in years, 1/μ.</param>
    public static double ParallelLossesPerYear(int data, int parity, double rate, double repair)
    {
        var losses = (data + parity) * rate;
        for (var missing = 1; missing <= parity; missing++)
        {
            losses *= (data + parity - missing) * rate * repair / missing;
        }

        return losses;
    }

    /// <summary>The same with one repair after another: m! times as many.</summary>
    public static double SerialLossesPerYear(int data, int parity, double rate, double repair)
    {
        var losses = (data + parity) * rate;
        for (var missing = 1; missing <= parity; missing++)
        {
            losses *= (data + parity - missing) * rate * repair;
        }

        return losses;
    }

    /// <summary>Chance of at least one where events come at a rate.</summary>
    public static double WithinYears(double perYear, double years) => -Exact.ExpM1(-perYear * years);

    /// <summary>Chance of each count 0, 1, … of events.</summary>
    public static double[] Poisson(double mean, int counts)
    {
        var chances = new double[counts];
        var chance = Math.Exp(-mean);
        for (var count = 0; count < counts; count++)
        {
            chances[count] = chance;
            chance *= mean / (count + 1);
        }

        return chances;
    }

    /// <summary>
    /// Mean time to loss of <paramref name="shards"/> of which <paramref name="needed"/> are enough, one repair after another, from whole: all terms, not the
    /// leading one alone (Ford et al., OSDI 2010, section 7). In the unit of <paramref name="lifetime"/>.
    /// </summary>
    /// <param name="lifetime">Mean time to failure of a shard.</param>
    /// <param name="repair">Mean time of a repair, same unit.</param>
    public static double MeanTimeToLoss(int shards, int needed, double lifetime, double repair)
    {
        var (bearable, sum) = (shards - needed, 0.0);
        for (var gone = 0; gone <= bearable; gone++)
        {
            var term = 1.0;
            for (var more = 0; more <= bearable - gone; more++)
            {
                term /= shards - gone - more;
                sum += term;
                term *= lifetime / repair;
            }
        }

        return lifetime * sum;
    }
}
