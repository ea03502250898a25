using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>One region counted.</summary>
/// <param name="Hosts">By AZ, rack and id.</param>
/// <param name="Releases">Hosts by service and release, the most first.</param>
public sealed record RegionSummary(string Region, string Partition, bool Simulated, ImmutableArray<Host> Hosts, ImmutableArray<AzSummary> Azs, ImmutableArray<ReleaseCount> Releases)
{
    public int InWork => Azs.Sum(az => az.InWork);

    public int Casualties => Azs.Sum(az => az.Casualties);

    public int Unknown => Azs.Sum(az => az.Unknown);

    public int ReadOnly => Azs.Sum(az => az.ReadOnly);

    public static RegionSummary Of(RegionFleet fleet)
    {
        var hosts = fleet.Hosts.Values
            .OrderBy(host => host.Az, StringComparer.Ordinal).ThenBy(host => host.Rack, StringComparer.Ordinal).ThenBy(host => host.Id, StringComparer.Ordinal)
            .ToImmutableArray();
        var azs = hosts.GroupBy(host => host.Az).Select(az => AzSummary.Of(az.Key, [.. az], fleet)).ToImmutableArray();
        var releases = hosts.GroupBy(host => (host.Service, host.Release))
            .Select(group => new ReleaseCount(group.Key.Service, group.Key.Release, group.Count()))
            .OrderByDescending(count => count.Hosts).ThenBy(count => count.Release, StringComparer.Ordinal)
            .ToImmutableArray();
        return new(fleet.Region, fleet.Partition, fleet.Simulated, hosts, azs, releases);
    }
}

/// <param name="Release">Null where the hosts never said.</param>
public sealed record ReleaseCount(string Service, string? Release, int Hosts);

/// <summary>One AZ counted.</summary>
/// <param name="Target">The release that visits under way bring; null where none are.</param>
/// <param name="OnTarget">Hosts of the target's service that run it.</param>
/// <param name="OfTarget">Hosts of the target's service.</param>
public sealed record AzSummary(string Az, int Hosts, int InWork, int Casualties, int ReadOnly, int Unknown, string? Target, int OnTarget, int OfTarget)
{
    /// <summary>The last letter of the name, as people say it.</summary>
    public string Letter => Az.Length > 0 ? Az[^1..] : "?";

    internal static AzSummary Of(string az, ImmutableArray<Host> hosts, RegionFleet fleet)
    {
        var visit = fleet.Active.TryGetValue(az, out var active) ? active.Select(id => fleet.Visits[id]).FirstOrDefault(one => one.Release is not null) : null;
        var service = visit is null ? null : fleet.Hosts[visit.Host].Service;
        return new(
            az,
            hosts.Length,
            active?.Count ?? 0,
            hosts.Count(host => host.State == HostState.Casualty),
            hosts.Count(host => host.State == HostState.ReadOnly),
            hosts.Count(host => host.State == HostState.Unknown),
            visit?.Release,
            hosts.Count(host => host.Service == service && host.Release == visit?.Release),
            hosts.Count(host => host.Service == service));
    }
}
