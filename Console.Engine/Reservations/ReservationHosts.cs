using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Engine.Reservations;

/// <summary>Which hosts an event is about.</summary>
public static class ReservationHosts
{
    public static IEnumerable<string> Of(IEvent happened) =>
        happened switch
        {
            ReservationsGranted e => e.Hosts.Select(host => host.Host),
            HostsSuspect e => e.Hosts.Select(host => host.Host),
            ReservationRenewed e => [e.Host],
            ReservationAdvanced e => [e.Host],
            ReservationEnded e => [e.Host],
            SampleFailed e => [e.Host],
            HostWrittenOff e => [e.Host],
            ForceReleaseProposed e => [e.Host],
            HostFenced e => [e.Host],
            _ => [],
        };
}
