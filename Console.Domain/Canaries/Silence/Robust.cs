namespace OpsConsole.Domain.Canaries.Silence;

/// <summary>Middle and spread that a few odd values do not move.</summary>
public static class Robust
{
    /// <summary>Makes the median absolute deviation of normally spread values their standard deviation.</summary>
    public const double NormalScale = 1.4826;

    /// <summary>The median; of an even count the mean of the middle two. The values are sorted in place.</summary>
    public static double Median(Span<double> values)
    {
        values.Sort();
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /// <summary>Median and median absolute deviation.</summary>
    public static (double Median, double Deviation) Of(double[] values)
    {
        var median = Median(values);
        return (median, Median(values.Select(value => Math.Abs(value - median)).ToArray()));
    }
}
