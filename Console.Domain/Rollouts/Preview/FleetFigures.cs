using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rollouts.Preview;

/// <summary>What a forecast needs of the fleet: counts, and which hosts are out of service already.</summary>
/// <param name="Azs">By the AZ's name.</param>
/// <param name="Out">Ids of hosts that carry customers and are out of service.</param>
public sealed record FleetFigures(ImmutableDictionary<string, AzFigures> Azs, ImmutableHashSet<string> Out)
{
    /// <summary>Hosts that carry customers, in all.</summary>
    public int Hosts { get; } = Azs.Values.Sum(az => az.Hosts);

    public AzFigures Az(string az) => Azs.GetValueOrDefault(az) ?? new("", 0, 0);

    /// <summary>Hosts of a region that carry customers, by region.</summary>
    public ImmutableDictionary<string, int> Regions { get; } = Azs.Values.GroupBy(az => az.Region).ToImmutableDictionary(region => region.Key, region => region.Sum(az => az.Hosts));

    public static FleetFigures Of(IEnumerable<RegionFleet> fleets, string service)
    {
        var azs = new Dictionary<string, AzFigures>();
        var gone = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (fleet, host) in fleets.SelectMany(fleet => fleet.Hosts.Values.Where(host => host.Service == service && !host.Validator).Select(host => (fleet, host))))
        {
            // What a visit has in hand now comes back.
            var serves = host.State is HostState.InService or HostState.ReadOnly || (host.State == HostState.InWork && fleet.Visits.GetValueOrDefault(host.Id)?.Status == VisitStatus.Active);
            var before = azs.GetValueOrDefault(host.Az) ?? new(host.Region, 0, 0);
            azs[host.Az] = before with { Hosts = before.Hosts + 1, Out = before.Out + (serves ? 0 : 1) };
            if (!serves)
            {
                gone.Add(host.Id);
            }
        }

        return new(azs.ToImmutableDictionary(), gone.ToImmutable());
    }
}

/// <param name="Hosts">That carry customers.</param>
/// <param name="Out">Of these, out of service.</param>
public sealed record AzFigures(string Region, int Hosts, int Out);
