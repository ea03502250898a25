using OpsConsole.Domain.Alarms.Judge.Statistics;

namespace OpsConsole.Domain.Durability.Models;

/// <summary>
/// A locally repairable code LRC(k, l, g): k data shards in l groups with a parity each, and g global parities. A pattern is borne when what the local parities
/// do not make good, the globals do: as much as any code of these sizes can bear.
/// </summary>
public sealed record LocalGroups(int Data, int Groups, int Globals)
{
    public int Shards => Data + Groups + Globals;

    /// <summary>Failures of which some pattern is borne.</summary>
    public int Bearable => Groups + Globals;

    /// <summary>Share of all patterns of so many failures that are borne.</summary>
    public double Borne(int failures)
    {
        // By what is left for the globals after each group has mended one of its own: number of ways, group by group.
        var ways = new double[Shards + 1, Shards + 1];
        ways[0, 0] = 1;
        for (var group = 0; group <= Groups; group++)
        {
            var (size, mends) = group < Groups ? ((Data / Groups) + 1, 1) : (Globals, 0);
            ways = With(ways, size, mends);
        }

        var (borne, all) = (0.0, 0.0);
        for (var left = 0; left <= Shards; left++)
        {
            all += ways[failures, left];
            borne += left <= Globals ? ways[failures, left] : 0;
        }

        return borne / all;
    }

    /// <summary>The set as a chain of failures, each survived with the chance that its pattern still is borne.</summary>
    /// <param name="repairs">Per year, with i gone, i from 0.</param>
    public BirthDeath Chain(double rate, Func<int, double> repairs) =>
        new(
            [.. Enumerable.Range(0, Bearable + 1).Select(gone => (Shards - gone) * rate)],
            [.. Enumerable.Range(0, Bearable + 1).Select(repairs)],
            [.. Enumerable.Range(0, Bearable + 1).Select(gone => gone == Bearable ? 0 : Borne(gone + 1) / Borne(gone))]);

    private double[,] With(double[,] ways, int size, int mends)
    {
        var next = new double[Shards + 1, Shards + 1];
        for (var failed = 0; failed <= Shards; failed++)
        {
            for (var left = 0; left <= failed; left++)
            {
                for (var here = 0; here <= size && failed + here <= Shards && ways[failed, left] > 0; here++)
                {
                    next[failed + here, left + Math.Max(0, here - mends)] += ways[failed, left] * Binomial.Ways(size, here);
                }
            }
        }

        return next;
    }
}
