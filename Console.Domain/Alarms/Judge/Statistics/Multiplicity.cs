namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>p-values of several tests made at once, adjusted so that each may be compared with the limit for all.</summary>
public static class Multiplicity
{
    /// <summary>Holm's step-down: the chance of any false alarm among all stays within the limit, however the tests depend on each other.</summary>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var (highest, left) = (0.0, p.Count);
        foreach (var i in Enumerable.Range(0, p.Count).OrderBy(i => p[i]))
        {
            highest = Math.Max(highest, Math.Min(1, p[i] * left--));
            adjusted[i] = highest;
        }

        return adjusted;
    }
}
