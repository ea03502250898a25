using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Pulls;

/// <summary>What a service of a region tells of its data, as of one look.</summary>
/// <param name="ToldAt">When it last told where its data lies; null where that cannot be old.</param>
/// <param name="Silent">It tells nothing now; <paramref name="ToldAt"/> is when that began, as far as is known.</param>
/// <param name="Floor">Null where its durability is not reckoned, or the figures are too old to say anything.</param>
public sealed record StoreSight(string Service, DateTimeOffset? ToldAt, bool Silent = false, StoreFloor? Floor = null);

/// <summary>How far a store is from losing data.</summary>
/// <param name="LeastSlack">Of any set now; below 0 where one cannot be read.</param>
/// <param name="WholeSlack">Of a set that misses nothing.</param>
/// <param name="Nines">Of a set, with every host that is gone gone for good.</param>
/// <param name="Gone">Hosts that count as gone.</param>
/// <param name="Since">Since when it has been on this side of the floor, as far as is known.</param>
public sealed record StoreFloor(int LeastSlack, int WholeSlack, double Nines, ImmutableArray<string> Gone, DateTimeOffset Since)
{
    public static StoreFloor Of(DurabilityReading reading, ImmutableArray<string> gone, DateTimeOffset since) =>
        new(reading.Now.LeastSlack, reading.Table.Code.Shards - reading.Table.Code.Needed, Durability.Nines.Of(reading.Now.Loss), gone, since);

    public bool IsLow(AutoPullPolicy policy) => Depth(policy) > 0;

    /// <summary>By how many shards it is below its floor of slack, and by how many nines, rounded up, below that of nines; 0 where it is below none.</summary>
    public double Depth(AutoPullPolicy policy) =>
        Math.Max(0, SlackFloor(policy) - LeastSlack) + Math.Max(0, Math.Ceiling((policy.NinesFloor ?? 0) - Nines));

    /// <summary>A floor above what a whole set has would never be reached.</summary>
    public int SlackFloor(AutoPullPolicy policy) => policy.SlackFloor is { } floor ? Math.Min(floor, WholeSlack) : int.MinValue / 2;
}
