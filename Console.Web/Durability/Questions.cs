using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Models;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Web.Durability;

/// <summary>One code under one set of assumptions, by every model there is: side by side, since they differ by more than most improvements.</summary>
/// <param name="MeanYearsToLoss">By the chain; null where there is no way to loss.</param>
public sealed record ModelAnswer(string Code, ImmutableArray<int> Alive, FailureAssumptions Assumed, ImmutableArray<ModelFigure> Figures, double? MeanYearsToLoss);

/// <param name="Nines">Null where no chance of loss is left in a double.</param>
/// <param name="StandardError">Of an estimate.</param>
/// <param name="Says">What the model leaves out.</param>
public sealed record ModelFigure(DurabilityModel Model, double Loss, double? Nines, double? StandardError, string Says);

/// <summary>Answers questions about codes that no store here has.</summary>
internal static class Questions
{
    /// <summary>Shards of a code that is asked about.</summary>
    public const int MostShards = 30;

    /// <summary>Multiplications that one question may cost: a second or two.</summary>
    private const double MostWork = 1e9;

    /// <summary>Null where it can be afforded.</summary>
    public static string? TooMuch(RedundancyCode code, FailureAssumptions assumed) =>
        code.Fault ?? (code.Shards > MostShards ? $"A code that is asked about has at most {MostShards} shards." : Work(code, assumed) > MostWork ? "That takes too long to work out: the horizon is very many repair times." : null);

    /// <param name="alive">In each AZ.</param>
    /// <param name="lives">Lives to play; 0 for none.</param>
    public static ModelAnswer Answer(RedundancyCode code, FailureAssumptions assumed, ImmutableArray<int> alive, int lives, int seed)
    {
        var whole = alive.Sum() == code.Shards;
        var (data, parity, years) = (code.Needed, code.Shards - code.Needed, assumed.MeanRepair / FailureAssumptions.Year);
        var figures = ImmutableArray.CreateBuilder<ModelFigure>();
        void Add(DurabilityModel model, double loss, string says, double? error = null) =>
            figures.Add(new(model, loss, Nines.Of(loss) is var nines && double.IsFinite(nines) ? nines : null, error, says));

        Add(DurabilityModel.MarkovChain, ShardChain.Loss(code.Shards, code.Needed, assumed, alive), "exact for exponential times; counts AZ losses, bursts and what is missing now");
        if (whole)
        {
            Add(DurabilityModel.FixedWindow, ClosedForms.FixedWindow(data, parity, assumed.AnnualFailureRate, assumed.MeanRepair.TotalDays, assumed.Horizon.TotalDays), "failures within windows of one repair each; single failures alone, years of 365 days");
            Add(DurabilityModel.ParallelExponential, ClosedForms.WithinYears(ClosedForms.ParallelLossesPerYear(data, parity, assumed.AnnualFailureRate, years), assumed.HorizonYears), "first order, repairs side by side; single failures alone");
            Add(DurabilityModel.SerialExponential, ClosedForms.WithinYears(ClosedForms.SerialLossesPerYear(data, parity, assumed.AnnualFailureRate, years), assumed.HorizonYears), "first order, one repair after another; single failures alone");
        }

        if (lives > 0)
        {
            var played = MonteCarlo.Run(code.Name, code.Shards, code.Needed, alive, assumed, lives, new Random(seed));
            Add(DurabilityModel.MonteCarlo, played.Loss, $"{lives:N0} lives played with seed {seed}; chances far below one in as many are not seen", played.StandardError);
        }

        var mean = ShardChain.MeanYearsToLoss(code.Shards, code.Needed, assumed, alive);
        return new(code.Name, alive, assumed, figures.ToImmutable(), double.IsFinite(mean) ? mean : null);
    }

    private static double Work(RedundancyCode code, FailureAssumptions assumed)
    {
        int[] whole = [.. Enumerable.Range(0, StateTable.Azs).Select(az => (code.Shards + StateTable.Azs - 1 - az) / StateTable.Azs)];
        return ShardChain.Of(code.Shards, code.Needed, assumed, [whole]).Work;
    }
}
