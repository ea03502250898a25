using System.Collections.Concurrent;
using System.Collections.Frozen;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Safety;

/// <param name="Stored">Bytes of shards on the host: what must be rebuilt elsewhere when it is lost.</param>
/// <param name="Free">Bytes that others' shards could be rebuilt into.</param>
public sealed record HostBytes(long Stored, long Free);

/// <summary>What a service's hosts hold and have free, as the service states it.</summary>
/// <param name="each">Of hosts that are not named; null: nothing is known of them, and they count as holding and having nothing.</param>
/// <param name="hosts">By host.</param>
public sealed class StoredBytes(HostBytes? each, IReadOnlyDictionary<string, HostBytes> hosts)
{
    private static readonly HostBytes Unknown = new(0, 0);
    private readonly FrozenDictionary<string, HostBytes> _hosts = hosts.ToFrozenDictionary(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Region, string Service), ByteStandings> _standings = new();

    /// <summary>Bytes a second at which an AZ rebuilds; null where that is not stated.</summary>
    public double? RepairPerSecond { get; init; }

    /// <summary>In which what is lost in an AZ must be rebuilt; null where that is not stated.</summary>
    public TimeSpan? RepairWithin { get; init; }

    public HostBytes Of(string host) => _hosts.GetValueOrDefault(host, each ?? Unknown);

    /// <summary>The bytes of an AZ, of hosts of one service that carry customers.</summary>
    public AzBytes InAz(RegionReservations held, RegionFleet fleet, string az, string service)
    {
        var standings = _standings.GetOrAdd((fleet.Region, service), static (key, bytes) => new ByteStandings(bytes, key.Service), this);
        lock (standings)
        {
            standings.TurnTo(held, fleet);
            return standings.InAz(az);
        }
    }
}

/// <param name="Stored">On all hosts.</param>
/// <param name="Out">On hosts that are charged or out of service.</param>
/// <param name="Lost">On those of them that nobody expects back by itself: it is to be rebuilt.</param>
/// <param name="Free">On hosts that serve and are not charged.</param>
public readonly record struct AzBytes(long Stored, long Out, long Lost, long Free);
