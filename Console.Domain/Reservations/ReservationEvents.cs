using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <param name="Used">The override it rests on; null for none.</param>
[EventType("reservation.granted")]
public sealed record ReservationsGranted(
    string Request, Worker Worker, ImmutableArray<Activity> Activities, string Reason, string? Ticket, string? Group, DateTimeOffset Expires, long CordEpoch, ImmutableArray<GrantedHost> Hosts, OverrideUse? Used) : IEvent;

/// <param name="Slack">How many more shards the tightest of the host's sets could lose afterwards; null where the service has no data.</param>
public sealed record GrantedHost(string Host, string Az, string Rack, string Model, string Service, long Token, long PlacementEpoch, int? Slack);

public sealed record OverrideUse(string Id, ReservationCheck Check);

[EventType("reservation.renewed")]
public sealed record ReservationRenewed(string Host, long Token, DateTimeOffset Expires) : IEvent;

[EventType("reservation.advanced")]
public sealed record ReservationAdvanced(string Host, long Token, ReservationState To) : IEvent;

/// <summary>The charge has ended.</summary>
[EventType("reservation.ended")]
public sealed record ReservationEnded(string Host, long Token, ReservationEnd How, ChecksumSample? Sample = null) : IEvent;

public enum ReservationEnd
{
    Released,
    ProvenHealthy,
    Rebuilt,
    ForceReleased,
}

/// <summary>The permission has ended, the charge has not.</summary>
[EventType("reservation.suspect")]
public sealed record HostsSuspect(ImmutableArray<SuspectHost> Hosts, string Why) : IEvent;

public sealed record SuspectHost(string Host, long Token);

[EventType("reservation.sample-failed")]
public sealed record SampleFailed(string Host, long Token, ChecksumSample Sample) : IEvent;

[EventType("reservation.written-off")]
public sealed record HostWrittenOff(string Host, long Token, string By, string Reason) : IEvent;

[EventType("reservation.force-release-proposed")]
public sealed record ForceReleaseProposed(string Host, long Token, string By, string Reason) : IEvent;

/// <summary>Tokens below this one are void.</summary>
[EventType("reservation.fenced")]
public sealed record HostFenced(string Host, long Least) : IEvent;

[EventType("reservation.override-granted")]
public sealed record OverrideGranted(ReservationOverride Override) : IEvent;

[EventType("reservation.policy-set")]
public sealed record ReservationPolicySet(ReservationPolicy Policy) : IEvent;

[EventType("reservation.denials-counted")]
public sealed record DenialsCounted(ImmutableSortedDictionary<ReservationCheck, long> Counts) : IEvent;
