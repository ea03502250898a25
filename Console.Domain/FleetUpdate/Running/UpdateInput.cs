using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Travelling;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>All that Fleet Update looks at besides its own state.</summary>
/// <param name="ProvenElsewhere">Artifacts that passed an AZ in another region.</param>
public sealed record UpdateInput(RegionFleet Fleet, RegionReservations Held, CordState Cord, ImmutableHashSet<string> ProvenElsewhere, DateTimeOffset Now)
{
    /// <summary>Of every service that has any.</summary>
    public ImmutableArray<ReleaseCatalog> Releases { get; init; } = [];

    /// <summary>What the runs of rollouts want of hosts here.</summary>
    public ImmutableArray<StatefulDemand> Demands { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How many charges have ended here so far.</summary>
    public long Returned => Held.Granted - Held.Charged.Count;

    public static UpdateInput Of(IStates states, string region, DateTimeOffset now) =>
        new(
            states.Get<RegionFleet>(FleetStreams.Of(region)),
            states.Get<RegionReservations>(ReservationStreams.Of(region)),
            states.Get<CordState>(CordStreams.Only),
            [.. states.All<FleetUpdateState>(FleetUpdateStreams.Family).Where(other => other.State.Region != region).SelectMany(other => other.State.Proven)],
            now)
        {
            Releases = [.. states.All<ReleaseCatalog>(ReleaseStreams.Family).Select(one => one.State)],
            Demands = RolloutDemands.Of(states, region, now),
        };

    /// <summary>The outage's visit; null where it has not begun.</summary>
    public Visit? VisitOf(Outage outage) => Fleet.Visits.TryGetValue(outage.Host, out var visit) && visit.Id == outage.Visit ? visit : null;

    /// <summary>The outage's charge; null where it has ended or somebody else's came after it.</summary>
    public Reservation? ChargeOf(Outage outage) => Held.Charged.TryGetValue(outage.Host, out var held) && held.Token == outage.Token ? held : null;

    /// <summary>The cord stopped it on the way: it is suspect, and no casualty.</summary>
    public bool Interrupted(Outage outage) =>
        ChargeOf(outage) is { State: ReservationState.Suspect } && (VisitOf(outage) is { } visit ? visit.Status == VisitStatus.Cancelled : outage.Resumed > 0);

    public bool PulledSince(string host, long epoch) => Fleet.Hosts.TryGetValue(host, out var known) && Cord.PulledSince(known, epoch);

    /// <summary>The same for what has begun there: only pulls that let nothing finish count.</summary>
    public bool StoppedSince(string host, long epoch) => Fleet.Hosts.TryGetValue(host, out var known) && Cord.StoppedSince(known, epoch);

    /// <summary>What the host is to refuse another than: the registered one of its own service, since services may give their releases the same version.</summary>
    public string? DigestOf(Host host, MaintenanceActivity? software) =>
        software is null ? null : Releases.FirstOrDefault(one => one.Service == host.Service)?.Releases.GetValueOrDefault(software.Version!)?.Release.Digest ?? software.Digest;

    public VisitPlan PlanFor(FleetUpdateState state, string host, string az) => VisitPlan.Combine(state.OpenOn(host, az), activity => state.IsProven(activity, ProvenElsewhere));
}
