using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>Everything that is asked of one region's reservations.</summary>
/// <param name="Region">The region's name.</param>
public abstract record ReservationCommand(string Region) : ICommand
{
    /// <summary>Where the region lies, so that a grant on the partition covers it; null where nobody looked.</summary>
    public string? Partition { get; init; }

    public StreamId Stream => ReservationStreams.Of(Region);

    public virtual Permission Needs => Permission.Reserve;

    public Scope Scope => Scope.OfRegion(Region, Partition);
}

/// <summary>Asks for hosts, in one step: all or none, or as many as go.</summary>
/// <param name="Request">The request's id, the caller's choice: the same id again gets the same answer and charges nothing.</param>
/// <param name="Hosts">In the order in which they are tried; at most <see cref="MostHosts"/>.</param>
/// <param name="Ttl">How long the permission holds unless renewed; 1 second to 24 hours.</param>
public sealed record RequestReservations(string Region, string Request, ImmutableArray<string> Hosts, WorkerKind Kind, ImmutableArray<Activity> Activities, TimeSpan Ttl) : ReservationCommand(Region)
{
    public const int MostHosts = 500;
    public const int MostActivities = 10;

    /// <summary>How many of the hosts are wanted, where any will do; null: all of them or none.</summary>
    public int? Max { get; init; }

    public string? OnBehalfOf { get; init; }

    /// <summary>The console takes hosts back to a release that is proven good: what the cord lets pass for rollbacks, it lets pass for this. Nobody else may say it.</summary>
    public bool Back { get; init; }

    public string? Ticket { get; init; }

    /// <summary>The id of an override that a second person gave; null for none.</summary>
    public string? Override { get; init; }

    /// <summary>The group whose slots it takes; null for none.</summary>
    public string? Group { get; init; }
}

/// <summary>A call of who holds a reservation.</summary>
public abstract record HolderCommand(string Region, string Host, long Token) : ReservationCommand(Region);

/// <summary>Lengthens the lease, from now on. Possible after it ran out too, as long as the host was given to nobody else.</summary>
public sealed record RenewReservation(string Region, string Host, long Token, TimeSpan Ttl) : HolderCommand(Region, Host, Token);

/// <summary>Goes on with the work. Draining and executing are refused while the cord holds the host, and for ever after a pull; verifying and restoring never are.</summary>
/// <param name="To">Draining, Executing, Verifying or Restoring.</param>
public sealed record AdvanceReservation(string Region, string Host, long Token, ReservationState To) : HolderCommand(Region, Host, Token);

public enum HostHealth
{
    Healthy,
    Unhealthy,
    Unknown,
}

/// <summary>Shards read back after the work.</summary>
public sealed record ChecksumSample(int Checked, int Mismatches);

/// <summary>Gives the host back. Never refused because of the cord.</summary>
public sealed record ReleaseReservation(string Region, string Host, long Token, HostHealth Health, ChecksumSample? Sample = null) : HolderCommand(Region, Host, Token);

/// <summary>Ends the charge of a suspect host by proof: it serves, and a sample of its shards reads back without a mismatch.</summary>
public sealed record ProveHealthy(string Region, string Host, long Token, ChecksumSample? Sample) : HolderCommand(Region, Host, Token);
