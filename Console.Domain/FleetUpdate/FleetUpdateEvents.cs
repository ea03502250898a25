using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Deadlines;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.FleetUpdate;

/// <param name="Azs">Hosts by AZ, in the order in which they go, with the stages of each AZ.</param>
[EventType("fleetupdate.ordered")]
public sealed record CampaignOrdered(CampaignOrder Order, string By, string Reason, long CordEpoch, ImmutableArray<PlannedAz> Azs, ImmutableArray<LeftHost> Left) : IEvent;

public sealed record PlannedAz(string Az, ImmutableArray<string> Hosts, ImmutableArray<CanaryStage> Stages);

/// <param name="CordEpoch">The epoch it goes on under; null where it does not go on.</param>
[EventType("fleetupdate.turned")]
public sealed record CampaignTurned(string Campaign, CampaignStatus To, string Why, long? CordEpoch = null) : IEvent;

/// <summary>One of its releases is in quarantine: none of its hosts is let go before that is cleared.</summary>
[EventType("fleetupdate.held")]
public sealed record CampaignHeld(string Campaign, string Service, string Version, string Why) : IEvent;

/// <summary>What held it is cleared.</summary>
[EventType("fleetupdate.let-on")]
public sealed record CampaignLetOn(string Campaign) : IEvent;

/// <summary>The deadline passed, and hosts are still to be visited: their alarm, raised once.</summary>
/// <param name="Told">The first few, with what each waits for.</param>
[EventType("fleetupdate.overdue")]
public sealed record HostsOverdue(string Campaign, ImmutableArray<string> Hosts, ImmutableArray<OverdueHost> Told) : IEvent;

/// <summary>Such hosts have ended, or their campaign has.</summary>
/// <param name="Told">The first few, with how each ended.</param>
[EventType("fleetupdate.overdue-ended")]
public sealed record OverdueEnded(string Campaign, ImmutableArray<string> Hosts, ImmutableArray<OverdueHost> Told) : IEvent;

/// <summary>The rollout gave out further hosts.</summary>
/// <param name="Azs">The further hosts only.</param>
[EventType("fleetupdate.widened")]
public sealed record CampaignWidened(string Campaign, ImmutableArray<PlannedAz> Azs) : IEvent;

/// <summary>The rollout goes on, and its campaign with it.</summary>
/// <param name="Again">Hosts that had ended and are to be done once more.</param>
[EventType("fleetupdate.taken-up")]
public sealed record CampaignTakenUp(string Campaign, int Attempt, long CordEpoch, ImmutableArray<string> Again) : IEvent;

/// <summary>Hosts were reserved.</summary>
[EventType("fleetupdate.hosts-granted")]
public sealed record HostsGranted(ImmutableArray<Outage> Outages) : IEvent;

/// <summary>Hosts were refused, and wait.</summary>
[EventType("fleetupdate.hosts-parked")]
public sealed record HostsParked(ImmutableArray<ParkedRequest> Parked) : IEvent;

/// <summary>An outage that the cord interrupted is taken up again under a reservation that mends.</summary>
[EventType("fleetupdate.outage-resumed")]
public sealed record OutageResumed(string Host, long Token, string Request, DateTimeOffset Expires, long CordEpoch) : IEvent;

/// <summary>What is open besides was put into an outage in which nothing was done yet.</summary>
[EventType("fleetupdate.outage-joined")]
public sealed record OutageJoined(string Host, ImmutableArray<OutageItem> Items, ImmutableArray<string> Activities, TimeSpan Bake, TimeSpan Saved) : IEvent;

/// <summary>Hosts were given back and bake.</summary>
[EventType("fleetupdate.hosts-returned")]
public sealed record HostsReturned(ImmutableArray<ReturnedHost> Hosts) : IEvent;

public sealed record ReturnedHost(string Host, HostReturn Seen);

/// <summary>It is known what became of hosts.</summary>
[EventType("fleetupdate.hosts-settled")]
public sealed record HostsSettled(ImmutableArray<SettledHost> Hosts) : IEvent;

/// <param name="Cause">Null where it came back right.</param>
public sealed record SettledHost(string Host, CasualtyCause? Cause, string? Why);

/// <summary>Nothing was done on the host: it is open as before.</summary>
[EventType("fleetupdate.outage-dropped")]
public sealed record OutageDropped(string Host, string Why) : IEvent;

/// <summary>Hosts that a campaign cannot have: they left the fleet.</summary>
[EventType("fleetupdate.hosts-left")]
public sealed record HostsLeft(string Campaign, ImmutableArray<LeftHost> Hosts) : IEvent;

/// <summary>All hosts of a canary stage are back and have baked.</summary>
[EventType("fleetupdate.stage-passed")]
public sealed record StagePassed(string Campaign, string Az, int Stage) : IEvent;

/// <param name="Proven">Artifacts that are proven by it.</param>
[EventType("fleetupdate.az-passed")]
public sealed record AzPassed(string Campaign, string Az, ImmutableArray<string> Proven) : IEvent;

/// <summary>Casualties warn: half the pace.</summary>
[EventType("fleetupdate.slowed")]
public sealed record CampaignSlowed(string Campaign, string Az, string Why) : IEvent;
