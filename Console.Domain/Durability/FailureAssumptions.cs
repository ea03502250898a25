using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Durability;

/// <summary>What is assumed about failures and repair. Rates are in Julian years (8,766 hours).</summary>
public sealed record FailureAssumptions
{
    public static readonly TimeSpan Year = TimeSpan.FromHours(8_766);

    /// <summary>Failures of a shard's host or disk per year; 0.0136 is the yearly rate of 340,000 disks in 2025 (Backblaze).</summary>
    public double AnnualFailureRate { get; init; } = 0.0136;

    /// <summary>From a shard's loss to its rebuild, on average; exponential.</summary>
    public TimeSpan MeanRepair { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The chance of loss is that within this time from now.</summary>
    public TimeSpan Horizon { get; init; } = Year;

    public RepairPace Pace { get; init; }

    /// <summary>Losses of a whole AZ (of all a set has there) per year and AZ; 0 to count single failures alone.</summary>
    public double AzLossesPerYear { get; init; }

    public CorrelatedBurst? Burst { get; init; }

    [JsonIgnore]
    public double RepairsPerYear => Year / MeanRepair;

    [JsonIgnore]
    public double HorizonYears => Horizon / Year;

    /// <summary>Null where all of it can be worked with; else what is wrong, in words.</summary>
    [JsonIgnore]
    public string? Fault =>
        AnnualFailureRate is not (>= 0 and <= 100) ? "The annual failure rate is a number from 0 to 100 a year."
        : MeanRepair < TimeSpan.FromMinutes(1) || MeanRepair > TimeSpan.FromDays(365) ? "The mean repair time is from a minute to 365 days."
        : Horizon <= TimeSpan.Zero || Horizon > TimeSpan.FromDays(3_660) ? "The horizon is more than nothing and at most 10 years."
        : AzLossesPerYear is not (>= 0 and <= 100) ? "Losses of an AZ are a number from 0 to 100 a year."
        : Burst is { } burst && (burst.PerYear is not (>= 0 and <= 1_000) || burst.Killed is not (>= 0 and <= 1)) ? "Bursts are 0 to 1,000 a year, and each kills a share from 0 to 1."
        : null;
}

/// <summary>Something that strikes many at once, such as a power event: <paramref name="PerYear"/> times a year it kills each shard with chance <paramref name="Killed"/>.</summary>
public sealed record CorrelatedBurst(double PerYear, double Killed);
