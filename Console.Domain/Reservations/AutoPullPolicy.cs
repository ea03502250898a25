namespace OpsConsole.Domain.Reservations;

/// <summary>When the console itself pulls the cord over a service of the region, at the level that takes back what has not begun. A null limit never pulls.</summary>
public sealed record AutoPullPolicy
{
    /// <summary>Hosts of planned maintenance that did not come back right within <see cref="CasualtyWindow"/>, at the least; among many hosts it takes as many more as tell a bad rate from a good one. 1 to 1,000.</summary>
    public int? Casualties { get; init; } = 3;

    /// <summary>1 minute to 7 days.</summary>
    public TimeSpan CasualtyWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Pulls when a set has fewer shards to spare. 0 to 15; a store whose whole sets have no more pulls below those.</summary>
    public int? SlackFloor { get; init; } = 1;

    /// <summary>Pulls when the store's durability, as things are now, has fewer nines. Over 0 to 20.</summary>
    public double? NinesFloor { get; init; }

    /// <summary>How long a store must be below a floor, and above it before it pulls anew. 0 to 1 hour.</summary>
    public TimeSpan FloorFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pulls when hosts with data are worked on and what their store told is older than this and than <see cref="ReservationPolicy.PlacementMaxAge"/>. 1 second to 24 hours.</summary>
    public TimeSpan? PlacementStale { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pulls for nothing.</summary>
    public static AutoPullPolicy Off { get; } = new() { Casualties = null, SlackFloor = null, NinesFloor = null, PlacementStale = null };

    internal string? Problem() =>
        Casualties is < 1 or > 1_000 ? "autoPull.casualties is not from 1 to 1,000"
        : CasualtyWindow < TimeSpan.FromMinutes(1) || CasualtyWindow > TimeSpan.FromDays(7) ? "autoPull.casualtyWindow is not from 1 minute to 7 days"
        : SlackFloor is < 0 or > 15 ? "autoPull.slackFloor is not from 0 to 15"
        : NinesFloor is { } nines && nines is not (> 0 and <= 20) ? "autoPull.ninesFloor is not over 0 and up to 20"
        : FloorFor < TimeSpan.Zero || FloorFor > TimeSpan.FromHours(1) ? "autoPull.floorFor is not from 0 to 1 hour"
        : PlacementStale is { } stale && (stale < TimeSpan.FromSeconds(1) || stale > TimeSpan.FromHours(24)) ? "autoPull.placementStale is not from 1 second to 24 hours"
        : null;
}
