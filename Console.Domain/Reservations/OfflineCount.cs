using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations;

/// <summary>
/// How many hosts are out: charged, or out of service in the fleet, each once. The two are counted along with every change; only where their sum
/// may count a host twice and that decides is the overlap looked for, once for each state.
/// </summary>
internal sealed class OfflineCount
{
    private readonly HostDictionary<Host> _hosts;
    private readonly Dictionary<(string Az, string Service), int> _both = [];

    private OfflineCount(RegionReservations held, RegionFleet fleet)
    {
        _hosts = fleet.Hosts;
        foreach (var host in held.Charged.Keys)
        {
            if (fleet.Hosts.TryGetValue(host, out var known) && !known.Validator && !Serves(known))
            {
                var key = (known.Az, known.Service);
                _both[key] = _both.GetValueOrDefault(key) + 1;
            }
        }
    }

    public static bool Serves(Host host) => host.State is HostState.InService or HostState.ReadOnly;

    /// <summary>Hosts of the service in the AZ, and how many are out: exactly, or more where even those would not reach the limit.</summary>
    public static (int Hosts, int Out) Of(RegionReservations held, RegionFleet fleet, string az, string service, int limit)
    {
        var (hosts, away) = fleet.Tally.Capacity(az, service);
        var most = away + held.Tally.InAz(az, service);
        return away == 0 || most < limit ? (hosts, most) : (hosts, most - Overlap(held, fleet, az, service));
    }

    /// <summary>Hosts of all services in the AZ that are out, as <see cref="Of"/> counts them.</summary>
    public static int InAz(RegionReservations held, RegionFleet fleet, string az, int limit)
    {
        var away = fleet.Tally.Out(az);
        var most = away + held.Tally.InAz(az);
        return away == 0 || most < limit ? most : most - Overlap(held, fleet, az, null);
    }

    private static int Overlap(RegionReservations held, RegionFleet fleet, string az, string? service)
    {
        if (held.LastOffline is not { } known || !ReferenceEquals(known._hosts, fleet.Hosts))
        {
            held.LastOffline = known = new(held, fleet);
        }

        var sum = 0;
        foreach (var (place, hosts) in known._both)
        {
            sum += place.Az == az && (service is null || place.Service == service) ? hosts : 0;
        }

        return sum;
    }
}
