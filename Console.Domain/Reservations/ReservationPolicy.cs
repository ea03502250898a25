using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>What a region's reservations must keep to. Null: no such limit.</summary>
public sealed record ReservationPolicy
{
    public static readonly TimeSpan ShortestTtl = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestTtl = TimeSpan.FromHours(24);
    public const int MostGroups = 200;

    /// <summary>Work in one AZ at a time (law 5). Which one is told by <see cref="ActiveAz"/>, or else by where there is work.</summary>
    public bool AzSerial { get; init; } = true;

    /// <summary>The only AZ in which reservations are granted; null for the one with work, or any while there is none.</summary>
    public string? ActiveAz { get; init; }

    /// <summary>Hosts of an AZ, of all services, that may be out at once: charged or failed.</summary>
    public int? MaxOfflinePerAz { get; init; }

    /// <summary>The share of a service's hosts in an AZ that may be out at once, over 0 to 1; one host always may.</summary>
    public double OfflineShare { get; init; } = 0.2;

    /// <summary>Charged hosts in the region.</summary>
    public int? MaxReservedRegion { get; init; }

    public int? MaxPerRack { get; init; } = 1;

    /// <summary>Charged hosts of one instance type.</summary>
    public int? MaxPerModel { get; init; }

    public int? MaxPerService { get; init; }

    /// <summary>Charged hosts under one kind of activity.</summary>
    public int? MaxPerActivity { get; init; }

    /// <summary>Grants within an hour.</summary>
    public int? VelocityPerHour { get; init; }

    /// <summary>So many suspect and written-off hosts, and nothing more is granted.</summary>
    public int? CasualtyBudget { get; init; } = 3;

    /// <summary>A placement older than this decides nothing.</summary>
    public TimeSpan PlacementMaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest lease that is given; at most 24 hours.</summary>
    public TimeSpan MaxTtl { get; init; } = LongestTtl;

    /// <summary>A host that was released rests this long before it is reserved again.</summary>
    public TimeSpan CoolDown { get; init; }

    /// <summary>Shards that must be read back without a mismatch to prove a stateful host healthy.</summary>
    public int ChecksumSample { get; init; } = 100;

    /// <summary>Whether a stateful host that was worked on is released with such a sample only; without one it becomes suspect.</summary>
    public bool ReleaseNeedsSample { get; init; }

    /// <summary>When the console itself pulls the cord here.</summary>
    public AutoPullPolicy AutoPull { get; init => field = value ?? new(); } = new();

    /// <summary>Groups of FleetLock clients, by name.</summary>
    public ImmutableSortedDictionary<string, LockGroup> Groups { get; init; } = ImmutableSortedDictionary<string, LockGroup>.Empty;

    internal Rejection? Check()
    {
        var wrong =
            OfflineShare is not (> 0 and <= 1) ? "offlineShare is not over 0 and up to 1"
            : new[] { MaxOfflinePerAz, MaxReservedRegion, MaxPerRack, MaxPerModel, MaxPerService, MaxPerActivity, VelocityPerHour, CasualtyBudget }.Any(limit => limit is < 1 or > 1_000_000) ? "a limit is not from 1 to 1,000,000"
            : MaxTtl < ShortestTtl || MaxTtl > LongestTtl ? "maxTtl is not from 1 second to 24 hours"
            : PlacementMaxAge <= TimeSpan.Zero || PlacementMaxAge > TimeSpan.FromHours(24) ? "placementMaxAge is not over 0 and up to 24 hours"
            : CoolDown < TimeSpan.Zero || CoolDown > TimeSpan.FromDays(7) ? "coolDown is not from 0 to 7 days"
            : ChecksumSample is < 1 or > 1_000_000 ? "checksumSample is not from 1 to 1,000,000"
            : ActiveAz is { } az && Fleet.HostRules.NameProblem(az) is { } noAz ? $"activeAz: {noAz}"
            : AutoPull.Problem() is { } pulls ? pulls
            : Groups.Count > MostGroups ? $"there are more than {MostGroups} groups"
            : Groups.Select(group => group.Value.Problem(group.Key)).FirstOrDefault(problem => problem is not null);
        return wrong is null ? null : new(RejectionKind.Invalid, "reservation.policy", "The policy was not set.", $"In it, {wrong}.", "Correct it.");
    }
}

/// <summary>A group of FleetLock clients: which hosts it is of, and how many may be away at once.</summary>
/// <param name="Service">Only hosts of this service; null for all.</param>
/// <param name="Az">Only hosts of this AZ; null for all of the region.</param>
/// <param name="Slots">1 to 100,000.</param>
/// <param name="Ttl">The lease of each lock: the protocol knows none, and a lock without one stands until somebody finds it.</param>
public sealed record LockGroup(int Slots, string? Service = null, string? Az = null, TimeSpan? Ttl = null)
{
    public static readonly TimeSpan UsualTtl = TimeSpan.FromHours(1);

    /// <summary>Host ids by what clients call themselves; a client that is not in it calls itself by its host id.</summary>
    public ImmutableSortedDictionary<string, string> Ids { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    internal string? Problem(string name) =>
        Fleet.HostRules.NameProblem(name) is { } why ? $"the group's name: {why}"
        : Slots is < 1 or > 100_000 ? $"the slots of group {name} are not from 1 to 100,000"
        : Ttl is { } ttl && (ttl < ReservationPolicy.ShortestTtl || ttl > ReservationPolicy.LongestTtl) ? $"the ttl of group {name} is not from 1 second to 24 hours"
        : Ids.Count > 10_000 ? $"group {name} has more than 10,000 ids"
        : null;
}
