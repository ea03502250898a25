namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>Which values of a sample stand apart.</summary>
public static class Outliers
{
    /// <summary>Values further than k standard deviations (with n) from the mean.</summary>
    public static bool[] BySigma(ReadOnlySpan<double> values, double k)
    {
        var mean = Descriptive.Mean(values);
        var limit = k * Math.Sqrt(Descriptive.Squares(values) / values.Length);
        return Flag(values, value => Math.Abs(value - mean) > limit);
    }

    /// <summary>Values beyond Tukey's fences: a factor times the interquartile range outside the quartiles.</summary>
    /// <param name="wide">Fences reach at least to the 1st and the 99th percentile, so that few values are dropped.</param>
    public static bool[] ByQuartiles(ReadOnlySpan<double> values, double factor, bool wide = false)
    {
        var (first, third) = (Descriptive.Percentile(values, 25), Descriptive.Percentile(values, 75));
        var (low, high) = (first - (factor * (third - first)), third + (factor * (third - first)));
        if (wide)
        {
            (low, high) = (Math.Min(low, Descriptive.Percentile(values, 1)), Math.Max(high, Descriptive.Percentile(values, 99)));
        }

        return Flag(values, value => value < low || value > high);
    }

    public static double[] Without(ReadOnlySpan<double> values, bool[] flags) => [.. values.ToArray().Where((_, i) => !flags[i])];

    private static bool[] Flag(ReadOnlySpan<double> values, Func<double, bool> outside) => Array.ConvertAll(values.ToArray(), value => outside(value));
}
