namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>Logarithm and exponential near 1 and 0, where the plain ones lose what matters.</summary>
public static class Exact
{
    /// <summary>ln(1 + x), to the last digits of a small x.</summary>
    public static double Log1P(double x)
    {
        var sum = 1 + x;
        if (sum <= 0)
        {
            return Math.Log(sum);
        }

        // The rounding of 1 + x errs alike in the logarithm and in the quotient (Kahan).
        return sum == 1 ? x : double.IsPositiveInfinity(sum) ? sum : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>e^x − 1, to the last digits of a small x.</summary>
    public static double ExpM1(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Exp(x) - 1;
        }

        var (term, sum) = (x, x);
        for (var n = 2; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= x / n;
            sum += term;
        }

        return sum;
    }

    /// <summary>Chance that something of this chance happens at least once in so many trials; a part of a trial counts as its power.</summary>
    public static double AnyOf(double chance, double trials) => chance >= 1 && trials > 0 ? 1 : -ExpM1(trials * Log1P(-chance));
}
