using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations;

public enum ReservationState
{
    /// <summary>May begin, has not.</summary>
    Granted,
    Draining,
    Executing,
    Verifying,

    /// <summary>Aborted: the host is brought back as it was.</summary>
    Restoring,

    /// <summary>The permission has ended and nobody knows how the host is: it stays charged until proven healthy, rebuilt or written off.</summary>
    Suspect,

    /// <summary>Given up by a named person; charged until its redundancy sets are rebuilt elsewhere.</summary>
    WrittenOff,
}

/// <summary>When a reservation came to a state.</summary>
public sealed record ReservationStep(ReservationState State, DateTimeOffset At);

/// <summary>Exclusive, leased, fenced permission to work on one host, and the charge that outlives the permission. The charge is what counts: in an AZ's capacity, in limits, in every redundancy set.</summary>
/// <param name="Token">The fencing token: strictly rising for each host; every call but the request carries it.</param>
/// <param name="Request">The id of the request that was granted.</param>
/// <param name="Expires">When the permission ends unless renewed, by the console's clock.</param>
/// <param name="CordEpoch">The cord's epoch it was granted under; after a later pull over the host no work begins under it.</param>
/// <param name="PlacementEpoch">The epoch of the placement it rests on; 0 where the service has no data.</param>
public sealed record Reservation(
    string Host, string Az, string Rack, string Model, string Service, long Token, string Request, Worker Worker, ImmutableArray<Activity> Activities, string Reason,
    DateTimeOffset GrantedAt, DateTimeOffset Expires, long CordEpoch, long PlacementEpoch)
{
    private const int StepsKept = 24;

    // A region's reservations share these few names, as its hosts do.
    public string Az { get; init; } = HostRules.Shared(Az);

    public string Rack { get; init; } = HostRules.Shared(Rack);

    public string Model { get; init; } = HostRules.Shared(Model);

    public string Service { get; init; } = HostRules.Shared(Service);

    public string? Ticket { get; init; }

    /// <summary>The group whose slots it takes (FleetLock); null for none.</summary>
    public string? Group { get; init; }

    public ReservationState State { get; init; } = ReservationState.Granted;

    /// <summary>Each state it came to, oldest first; at most 24. Of one that was granted and no more, nothing is kept.</summary>
    public ImmutableArray<ReservationStep> Steps
    {
        get => field.IsDefaultOrEmpty ? [new(ReservationState.Granted, GrantedAt)] : field;
        init => field = value is [{ State: ReservationState.Granted }] ? default : value;
    }

    /// <summary>Whether anything was done on the host under it.</summary>
    public bool Begun { get; init; }

    /// <summary>The host was suspect when it was granted: it is given back with proof only.</summary>
    public bool Mends { get; init; }

    /// <summary>Why the host is suspect or was written off, in words.</summary>
    public string? Trouble { get; init; }

    /// <summary>Who asked for its forced release, where a second person must confirm; null where nobody has.</summary>
    public string? ForceProposedBy { get; init; }

    /// <summary>Unique for ever: host and token.</summary>
    [JsonIgnore]
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Token}");

    /// <summary>The permission holds, or may be renewed; otherwise only the charge is left.</summary>
    [JsonIgnore]
    public bool Live => State is not (ReservationState.Suspect or ReservationState.WrittenOff);

    [JsonIgnore]
    public DateTimeOffset Since => Steps[^1].At;

    internal Reservation To(ReservationState state, DateTimeOffset at, string? trouble = null) =>
        this with
        {
            State = state,
            Trouble = trouble,
            Begun = Begun || state is ReservationState.Draining or ReservationState.Executing or ReservationState.Verifying or ReservationState.Restoring,
            Steps = [.. Steps.TakeLast(StepsKept - 1), new(state, at)],
        };
}
