namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>A sample in five figures; all 0 for an empty one.</summary>
/// <param name="Deviation">Standard deviation with n − 1; 0 for one value.</param>
public sealed record Summary(double Min, double Max, double Mean, double Deviation, int Count);

/// <summary>Figures of one sample.</summary>
public static class Descriptive
{
    public static Summary Summarize(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return new(0, 0, 0, 0, 0);
        }

        var (min, max) = (values[0], values[0]);
        foreach (var value in values)
        {
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        return new(min, max, Mean(values), values.Length == 1 ? 0 : Math.Sqrt(Squares(values) / (values.Length - 1)), values.Length);
    }

    /// <summary>NaN for an empty sample.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>Sum of squared distances from the mean.</summary>
    public static double Squares(ReadOnlySpan<double> values)
    {
        var (mean, sum) = (Mean(values), 0.0);
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum;
    }

    /// <summary>Between neighbours by their distance, as spreadsheets and R do by default (type 7); 0 for an empty sample.</summary>
    /// <param name="percent">0 to 100.</param>
    public static double Percentile(ReadOnlySpan<double> values, double percent)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        var at = percent / 100 * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }

    public static double Median(ReadOnlySpan<double> values) => Percentile(values, 50);
}
