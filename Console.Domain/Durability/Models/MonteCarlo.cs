namespace OpsConsole.Domain.Durability.Models;

/// <summary>
/// Lives of a set, played event by event: each shard has its own lifetime, AZs and bursts strike at their own times, repair works one shard at a time or all
/// side by side. It shares no formula with the chain, so where both answer they check each other.
/// </summary>
public static class MonteCarlo
{
    /// <summary>Lives at most: a chance far below one in as many is seen by the chain only.</summary>
    public const int MostTrials = 10_000_000;

    /// <param name="shards">Of a whole set; repair goes on until there are as many.</param>
    /// <param name="alive">In each AZ at the start.</param>
    /// <param name="random">Seeded.</param>
    public static DurabilityFigure Run(string code, int shards, int needed, IReadOnlyList<int> alive, FailureAssumptions assumed, int trials, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trials, MostTrials);
        var life = new SetLife(shards, needed, assumed, random);
        var lost = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            lost += life.IsLost(alive) ? 1 : 0;
        }

        // One more of each (Laplace), so that none seen is not told as certain.
        var (chance, seen) = ((double)lost / trials, (lost + 1.0) / (trials + 2.0));
        return new(code, chance, DurabilityModel.MonteCarlo, assumed, Math.Sqrt(seen * (1 - seen) / trials));
    }
}
