using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Putting hosts into a region and taking them out.</summary>
internal static class HostPlacement
{
    public static Decision Decide(RegionFleet state, PlaceHosts command, IStates states)
    {
        ImmutableArray<Host> hosts = command.Hosts.IsDefault ? [] : command.Hosts;
        ImmutableArray<string> remove = command.Remove.IsDefault ? [] : [.. command.Remove.Distinct()];
        var changed = hosts.Select(host => state.Hosts.TryGetValue(host.Id ?? "", out var old) ? Known(host, old) : Fresh(host, state))
            .Where(host => !state.Hosts.TryGetValue(host.Id ?? "", out var old) || host != old)
            .ToImmutableArray();
        var gone = remove.Where(state.Hosts.ContainsKey).ToImmutableArray();
        if (changed.Length + gone.Length == 0)
        {
            return Decision.Nothing;
        }

        return PlacementRules.Check(state, command, hosts, changed, gone, states) is { } refusal
            ? refusal
            : Decision.Accept(new HostsPlaced(command.Partition, changed, gone));
    }

    public static RegionFleet Apply(RegionFleet state, HostsPlaced placed)
    {
        var hosts = state.Hosts.ToBuilder();
        var azs = state.Azs.ToBuilder();
        var tally = state.Tally.Begin();
        var (real, floor) = (state.RealHosts, state.TokenFloor);
        foreach (var host in placed.Hosts)
        {
            if (hosts.TryGetValue(host.Id, out var old))
            {
                Count(old, -1);
            }

            hosts[host.Id] = old is null ? host : Known(host, old);
            tally.Move(old, hosts[host.Id]);
            Count(host, 1);
        }

        foreach (var id in placed.Removed)
        {
            if (hosts.Remove(id, out var old))
            {
                Count(old, -1);
                tally.Move(old, null);
                floor = Math.Max(floor, old.Token);
            }
        }

        return state with
        {
            Partition = placed.Partition,
            Hosts = hosts.ToImmutable(),
            Tally = tally.End(),
            Visits = state.Visits.RemoveRange(placed.Removed),
            Azs = azs.ToImmutable(),
            RealHosts = real,
            TokenFloor = floor,
        };

        void Count(Host host, int by)
        {
            var count = azs.GetValueOrDefault(host.Az) + by;
            azs[host.Az] = count;
            if (count == 0)
            {
                azs.Remove(host.Az);
            }

            real += host.Simulated ? 0 : by;
        }
    }

    /// <summary>What only the host itself can say outlives a new fleet file.</summary>
    private static Host Known(Host host, Host old) => host with { Release = old.Release ?? host.Release, Firmware = old.Firmware ?? host.Firmware, FirmwareSince = old.FirmwareSince, OsPatch = old.OsPatch ?? host.OsPatch, OsPatchSince = old.OsPatchSince, State = old.State, Token = old.Token };

    private static Host Fresh(Host host, RegionFleet state) => host with { Token = state.TokenFloor, FirmwareSince = null, OsPatchSince = null, State = HostState.InService };
}
