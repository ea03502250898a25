using System.Collections.Immutable;

namespace OpsConsole.Domain.Durability.Models;

/// <summary>
/// A set by how many of its shards are gone: failures carry it up, repairs down, and beyond what the code bears it is lost. For codes that bear some patterns
/// of a number of failures and not others, a failure is survived with a chance.
/// </summary>
/// <param name="Failing">Per year, with i gone; the last one's failure is loss.</param>
/// <param name="Repairing">Per year, with i gone; the first is not used.</param>
/// <param name="Surviving">Chance that the failure with i gone is borne; left out where all but the last are.</param>
public sealed record BirthDeath(ImmutableArray<double> Failing, ImmutableArray<double> Repairing, ImmutableArray<double> Surviving = default)
{
    public static BirthDeath Of(int shards, int needed, double rate, double repairs, RepairPace pace) =>
        new([.. Enumerable.Range(0, shards - needed + 1).Select(gone => (shards - gone) * rate)], [.. Enumerable.Range(0, shards - needed + 1).Select(gone => (pace == RepairPace.Serial ? 1 : gone) * repairs)]);

    /// <summary>Years from <paramref name="gone"/> to loss, by the forward recursion h = (1 + μh')/λ: no subtraction.</summary>
    public double MeanTimeToLoss(int gone = 0)
    {
        if (!Surviving.IsDefault)
        {
            return Chain().MeanTimeToLoss()[gone];
        }

        var (up, sum) = (0.0, 0.0);
        for (var at = 0; at < Failing.Length; at++)
        {
            up = (1 + (at == 0 ? 0 : Repairing[at] * up)) / Failing[at];
            sum += at >= gone ? up : 0;
        }

        return sum;
    }

    public LossChain Chain() => new([.. Enumerable.Range(0, Failing.Length).Select(Row)]);

    private ImmutableArray<(int, double)> Row(int gone)
    {
        var last = gone == Failing.Length - 1;
        var survived = last ? 0 : Surviving.IsDefault ? 1 : Surviving[gone];
        return [.. new[] { (gone - 1, gone == 0 ? 0 : Repairing[gone]), (last ? LossChain.Lost : gone + 1, survived * Failing[gone]), (LossChain.Lost, (1 - survived) * Failing[gone]) }.Where(step => step.Item2 > 0)];
    }
}
