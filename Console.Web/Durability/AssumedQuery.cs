using OpsConsole.Domain.Durability;

namespace OpsConsole.Web.Durability;

/// <summary>Assumptions as a request names them; what is left out stays as the store has it.</summary>
/// <param name="Afr">Failures of a shard per year, such as 0.0136.</param>
/// <param name="AzLosses">Losses of an AZ per year.</param>
/// <param name="Bursts">Power events and the like, per year; each kills a shard with chance <paramref name="Killed"/>.</param>
public sealed record AssumedQuery(double? Afr = null, double? RepairHours = null, double? HorizonHours = null, double? AzLosses = null, double? Bursts = null, double? Killed = null, RepairPace? Pace = null)
{
    private const double LongestHours = 100_000;

    /// <summary>Null where a number cannot be a time at all; other faults are the assumptions' own.</summary>
    public FailureAssumptions? On(FailureAssumptions usual) =>
        RepairHours is not (null or (> 0 and < LongestHours)) || HorizonHours is not (null or (> 0 and < LongestHours))
            ? null
            : usual with
            {
                AnnualFailureRate = Afr ?? usual.AnnualFailureRate,
                MeanRepair = RepairHours is { } repair ? TimeSpan.FromHours(repair) : usual.MeanRepair,
                Horizon = HorizonHours is { } horizon ? TimeSpan.FromHours(horizon) : usual.Horizon,
                AzLossesPerYear = AzLosses ?? usual.AzLossesPerYear,
                Burst = Bursts is null && Killed is null ? usual.Burst : new(Bursts ?? 1, Killed ?? 0.01),
                Pace = Pace ?? usual.Pace,
            };
}
