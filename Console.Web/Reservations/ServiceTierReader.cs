using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Web.Reservations;

/// <summary>What the services of a region say of their data. A placement is looked through once for all circuits, and again only when it or the region's hosts changed.</summary>
public sealed class ServiceTierReader(AuthorityBook book, IStates states)
{
    private const int MostKept = 500;
    private readonly ConcurrentDictionary<string, (HostDictionary<Host> Hosts, ImmutableArray<Host> Samples)> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Region, string Service), (HostDictionary<Host> Hosts, PlacedSets Placed, ServiceTiers? Tiers)> _tiers = new();

    /// <summary>Services that keep data, by name.</summary>
    public ImmutableArray<TierLine> Read(string region)
    {
        var (fleet, held) = (states.Get<RegionFleet>(FleetStreams.Of(region)), states.Get<RegionReservations>(ReservationStreams.Of(region)));
        return [.. Services(fleet).Select(host => Line(host, book.For(host), fleet, held))];
    }

    private TierLine Line(Host host, ISafetyAuthority? authority, RegionFleet fleet, RegionReservations held) =>
        new(host.Service, authority?.Name, authority?.Counted is { } placed ? Tiers(host.Service, placed, fleet) : null, authority?.Bytes is { } bytes ? [.. fleet.Azs.Keys.Order(StringComparer.Ordinal).Select(az => AzLine.Of(az, bytes.InAz(held, fleet, az, host.Service)))] : null);

    private ImmutableArray<Host> Services(RegionFleet fleet)
    {
        if (_services.TryGetValue(fleet.Region, out var known) && fleet.Hosts.SameIdsAs(known.Hosts))
        {
            return known.Samples;
        }

        ImmutableArray<Host> samples = [.. fleet.Hosts.Values.Where(host => host.Role != HostRole.Web).DistinctBy(host => host.Service).OrderBy(host => host.Service, StringComparer.Ordinal)];
        Room(_services);
        _services[fleet.Region] = (fleet.Hosts, samples);
        return samples;
    }

    private ServiceTiers? Tiers(string service, PlacedSets placed, RegionFleet fleet)
    {
        if (_tiers.TryGetValue((fleet.Region, service), out var known) && ReferenceEquals(known.Placed, placed) && fleet.Hosts.SameIdsAs(known.Hosts))
        {
            return known.Tiers;
        }

        var tiers = ServiceTiers.Of(placed, fleet);
        Room(_tiers);
        _tiers[(fleet.Region, service)] = (fleet.Hosts, placed, tiers);
        return tiers;
    }

    private static void Room<TKey, TValue>(ConcurrentDictionary<TKey, TValue> kept)
        where TKey : notnull
    {
        if (kept.Count > MostKept)
        {
            kept.Clear();
        }
    }
}

/// <summary>One service of a region.</summary>
/// <param name="Authority">Who answers for its data; null where nobody does.</param>
/// <param name="Tiers">Null where its answers rest on no sets that are known here.</param>
/// <param name="Bytes">By AZ; null where that is not stated.</param>
public sealed record TierLine(string Service, string? Authority, ServiceTiers? Tiers, ImmutableArray<AzLine>? Bytes)
{
    public const string NotStated = "not stated";

    public string Maintenance => Tiers?.Maintenance ?? NotStated;

    public string Steady => Tiers?.Steady ?? NotStated;

    /// <summary>Hosts of one set that may be reserved at once, for each code.</summary>
    public string Rooms =>
        Tiers is null ? NotStated : string.Join("; ", Tiers.Codes.Select(code => $"{(code.MayGo < 0 ? "never holds" : code.MayGo.ToString(System.Globalization.CultureInfo.InvariantCulture))} ({code.Code}, {code.PerAz})"));
}

/// <param name="Lost">Bytes to be rebuilt in the AZ.</param>
/// <param name="Free">Bytes they could be rebuilt into.</param>
public sealed record AzLine(string Az, long Stored, long Out, long Lost, long Free)
{
    public static AzLine Of(string az, AzBytes bytes) => new(az, bytes.Stored, bytes.Out, bytes.Lost, bytes.Free);
}
