using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Pulls;

/// <summary>All that is looked at to decide whether the console itself pulls the cord in a region: committed states, and what stores tell.</summary>
public sealed record PullInput(FleetUpdateState Update, RegionReservations Held, RegionFleet Fleet, CordState Cord, ImmutableArray<StoreSight> Stores, DateTimeOffset Now)
{
    public AutoPullPolicy Policy => Held.Policy.AutoPull;

    public string Region => Fleet.Region;

    public static PullInput Of(IStates states, string region, ImmutableArray<StoreSight> stores, DateTimeOffset now) =>
        new(
            states.Get<FleetUpdateState>(FleetUpdateStreams.Of(region)), states.Get<RegionReservations>(ReservationStreams.Of(region)), states.Get<RegionFleet>(FleetStreams.Of(region)),
            states.Get<CordState>(CordStreams.Only), stores, now);

    /// <summary>Hosts with data on which work has begun, by service: their visits are under way, or who holds them has said so.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>> AtWork { get; } = WorkedOn(Fleet, Held);

    public PullLatch? Latch(PullKind kind, string service) => Cord.Latches.GetValueOrDefault(PullCause.KeyOf(kind, service, Region));

    private static ImmutableSortedDictionary<string, ImmutableSortedSet<string>> WorkedOn(RegionFleet fleet, RegionReservations reservations)
    {
        if (fleet.Tally.WithData == 0)
        {
            return ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty;
        }

        var visited = fleet.ActiveVisits.Where(visit => visit.Purpose is VisitPurpose.Forward or VisitPurpose.Rollback).Select(visit => visit.Host);
        var held = reservations.Charged.Values.Where(one => one is { Live: true, Begun: true }).Select(one => one.Host);
        return visited.Concat(held).Distinct()
            .Select(id => fleet.Hosts.GetValueOrDefault(id))
            .OfType<Host>()
            .Where(host => host.Role != HostRole.Web)
            .GroupBy(host => host.Service, host => host.Id)
            .ToImmutableSortedDictionary(service => service.Key, service => service.ToImmutableSortedSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
