using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations;

/// <summary>
/// What the cord takes back: hosts that planned automation was granted before a pull and on which nothing has begun. People, clients of FleetLock and whoever mends hosts may be at work without having said so;
/// their hosts stay charged, and no further step is let through.
/// </summary>
public static class Revocations
{
    public static IEnumerable<(Reservation Held, CordPull Pull)> Due(RegionReservations held, RegionFleet fleet, CordState cord) =>
        cord.InForce.All(pull => pull.Mode == CordMode.HoldNew) ? []
        : from one in held.Charged.Values
          where one is { Live: true, Begun: false, Group: null, Worker.Kind: WorkerKind.PlannedAutomation } && !(fleet.Visits.TryGetValue(one.Host, out var visit) && visit.Status == VisitStatus.Active)
          let pull = fleet.Hosts.TryGetValue(one.Host, out var host)
              ? cord.InForce.FirstOrDefault(pull => pull.Mode != CordMode.HoldNew && one.CordEpoch < pull.Epoch && CordState.Holds(pull.Scope, host) && !cord.Overridden(pull, one.Worker.OnBehalfOf))
              : null
          where pull is not null
          orderby one.Host
          select (one, pull);
}
