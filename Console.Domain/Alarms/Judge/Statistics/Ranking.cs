namespace OpsConsole.Domain.Alarms.Judge.Statistics;

/// <summary>Two samples ranked together, smallest first; equal values share the mean of their ranks.</summary>
/// <param name="FirstSum">Sum of the first sample's ranks.</param>
/// <param name="Ties">Sum of t³ − t over groups of t equal values.</param>
/// <param name="Groups">How many values each group of equal values holds, smallest value first.</param>
public sealed record Ranking(double FirstSum, double Ties, IReadOnlyList<int> Groups)
{
    /// <param name="shift">Taken from every value of the first sample before it is ranked.</param>
    public static Ranking Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double shift = 0)
    {
        var (count, m) = (first.Length + second.Length, first.Length);
        var values = new double[count];
        var origins = new bool[count];
        for (var i = 0; i < m; i++)
        {
            (values[i], origins[i]) = (first[i] - shift, true);
        }

        second.CopyTo(values.AsSpan(m));
        Array.Sort(values, origins);
        var groups = new List<int>();
        var (sum, ties) = (0.0, 0.0);
        for (int from = 0, to; from < count; from = to)
        {
            to = from + 1;
            while (to < count && values[to] == values[from])
            {
                to++;
            }

            var (size, rank) = (to - from, (from + to + 1) / 2.0);
            for (var i = from; i < to; i++)
            {
                sum += origins[i] ? rank : 0;
            }

            ties += ((double)size * size * size) - size;
            groups.Add(size);
        }

        return new(sum, ties, groups);
    }
}
