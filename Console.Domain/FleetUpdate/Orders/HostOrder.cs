using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.FleetUpdate.Orders;

/// <summary>
/// In which order a campaign goes through an AZ: one host, the rest of its rack, then position class by position class, so that hosts which share no set stand beside each other.
/// </summary>
public static class HostOrder
{
    public static ImmutableArray<string> Of(IEnumerable<Host> inOneAz)
    {
        var hosts = inOneAz.OrderBy(host => host.PositionClass).ThenBy(host => host.Rack, StringComparer.Ordinal).ThenBy(host => host.Id, StringComparer.Ordinal).ToArray();
        return hosts.Length == 0 ? [] : [.. hosts.OrderBy(host => host.Id == hosts[0].Id ? 0 : host.Rack == hosts[0].Rack ? 1 : 2).Select(host => host.Id)];
    }
}

/// <summary>A stage of the canary sequence inside an AZ.</summary>
/// <param name="Hosts">How many of the AZ's hosts may have gone when it is over: from the first on.</param>
public sealed record CanaryStage(string Name, int Hosts);

/// <summary>One host, one rack, 1 %, 5 %, then as many as the cap lets go. Each begins when all hosts before it are back and have baked; after that no barrier is left.</summary>
public static class CanaryStages
{
    /// <param name="hosts">The campaign's hosts in the AZ.</param>
    /// <param name="inFirstRack">How many of them lie in the first one's rack.</param>
    public static ImmutableArray<CanaryStage> Of(int hosts, int inFirstRack)
    {
        var stages = ImmutableArray.CreateBuilder<CanaryStage>();
        var reached = 0;
        foreach (var (name, count) in new[] { ("one host", 1), ("one rack", inFirstRack), ("1 %", Share(hosts, 100)), ("5 %", Share(hosts, 20)), ("up to the cap", hosts) })
        {
            if (Math.Min(count, hosts) > reached)
            {
                reached = Math.Min(count, hosts);
                stages.Add(new(name, reached));
            }
        }

        return stages.ToImmutable();
    }

    private static int Share(int hosts, int of) => (hosts + of - 1) / of;
}
