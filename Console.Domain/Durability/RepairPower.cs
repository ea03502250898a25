namespace OpsConsole.Domain.Durability;

/// <summary>How fast all hosts together rebuild.</summary>
/// <param name="ShardsPerHour">Above 0.</param>
/// <param name="Basis">Whether it is measured or assumed, in words; shown beside every time worked out from it.</param>
public sealed record RepairPower(double ShardsPerHour, string Basis)
{
    /// <summary>Where the common pace is not known: each set is held to its own repairs alone.</summary>
    public static readonly RepairPower OwnOnly = new(double.PositiveInfinity, "each set's own repairs at the assumed mean; the common pace is not known");

    public static RepairPower OfBandwidth(double bytesPerSecond, long shardBytes) =>
        new(bytesPerSecond * 3_600 / Math.Max(1, shardBytes), $"{bytesPerSecond / 1_048_576:0.#} MiB/s of repair, shards of {shardBytes:N0} bytes");

    /// <summary>
    /// How long until every set is whole: what is missing at the common pace, and no set before its own repairs are through.
    /// </summary>
    /// <param name="missing">Shards, of all sets.</param>
    /// <param name="worst">Shards that one set misses at most.</param>
    public TimeSpan TimeToSteady(long missing, int worst, FailureAssumptions assumed)
    {
        var own = (assumed.Pace == RepairPace.Serial ? worst : Math.Min(1, worst)) * assumed.MeanRepair;
        var common = missing == 0 ? 0 : missing / ShardsPerHour;
        return common > own.TotalHours ? TimeSpan.FromHours(Math.Min(common, TimeSpan.MaxValue.TotalHours / 2)) : own;
    }
}
