using System.Collections.Immutable;
using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Reservations;

/// <summary>The redundancy sets of a suspect or written-off host are whole again without it: its charge ends.</summary>
public sealed record RebuildFinished(string Region, string Host, long Token) : ReservationCommand(Region);

/// <summary>Gives the host up; needs a reason. It stays charged until its sets are rebuilt.</summary>
public sealed record WriteOff(string Region, string Host) : ReservationCommand(Region)
{
    public override Permission Needs => Permission.OverrideReservations;
}

/// <summary>
/// Takes a reservation away from its holder; needs a reason, and a second person: the first one's call proposes it, another's does it. The holder's token is void from then on.
/// A host that was worked on becomes suspect.
/// </summary>
public sealed record ForceRelease(string Region, string Host) : ReservationCommand(Region)
{
    public override Permission Needs => Permission.ForceRelease;
}

/// <summary>Makes the hosts of leases that ran out suspect.</summary>
public sealed record ExpireReservations(string Region) : ReservationCommand(Region)
{
    public override Permission Needs => Permission.RunEngine;
}

/// <summary>Lets somebody else pass one named check, for a time; needs a reason.</summary>
/// <param name="Id">Chosen by who gives it, unique in the region.</param>
/// <param name="Host">Only for this host; null for any of the region.</param>
/// <param name="For">The actor's id, such as <c>person:ada</c>; never one's own.</param>
/// <param name="Lasts">From 1 minute to 24 hours.</param>
public sealed record GrantOverride(string Region, string Id, ReservationCheck Check, string? Host, string For, TimeSpan Lasts) : ReservationCommand(Region)
{
    public override Permission Needs => Permission.OverrideReservations;
}

public sealed record SetReservationPolicy(string Region, ReservationPolicy Policy) : ReservationCommand(Region)
{
    public override Permission Needs => Permission.ChangeSettings;
}

/// <summary>Adds to the counts of denials, which are kept by check only.</summary>
public sealed record CountDenials(string Region, ImmutableSortedDictionary<ReservationCheck, long> Counts) : ReservationCommand(Region)
{
    public override Permission Needs => Permission.RunEngine;
}
