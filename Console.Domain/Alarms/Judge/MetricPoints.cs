using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Alarms.Judge;

/// <summary>A metric's points made fit to compare, or why they are not.</summary>
internal sealed record MetricPoints(double[] Candidate, double[] Baseline, string? Lacking)
{
    private const double OutlierFactor = 3;

    public static MetricPoints Of(CanaryMetric metric)
    {
        var least = Math.Max(CanaryRule.LeastSamples, metric.Rule.MinSamples);
        if (Lack("the candidate", metric.Candidate, least) is { } candidate)
        {
            return new([], [], candidate);
        }

        if (Lack("the baseline", metric.Baseline, least) is { } baseline)
        {
            return new([], [], baseline);
        }

        return new(Clean(metric.Rule, metric.Candidate), Clean(metric.Rule, metric.Baseline), null);
    }

    /// <summary>Counted before anything is filled in: a side that is silent stays silent.</summary>
    private static string? Lack(string side, ImmutableArray<double> points, int least)
    {
        var real = points.Count(double.IsFinite);
        return real < least ? string.Create(CultureInfo.InvariantCulture, $"{side} has {real} points, at least {least} are needed")
            : real * 2 < points.Length ? string.Create(CultureInfo.InvariantCulture, $"{side} has numbers in {real} of {points.Length} points only")
            : null;
    }

    private static double[] Clean(CanaryRule rule, ImmutableArray<double> points)
    {
        double[] values = rule.Points == MissingPoints.Zero
            ? [.. points.Where(point => double.IsFinite(point) || double.IsNaN(point)).Select(point => double.IsNaN(point) ? 0 : point)]
            : [.. points.Where(double.IsFinite)];
        return rule.DropOutliers ? Outliers.Without(values, Outliers.ByQuartiles(values, OutlierFactor, wide: true)) : values;
    }
}
