using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Judge.Statistics;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.ProvingGround.Gauges;
using RedundancyCode = OpsConsole.Domain.Placement.RedundancyCode;

namespace OpsConsole.Engine.ProvingGround.Assurance;

/// <summary>The ground's placement map, hosts and figures in the terms of durability.</summary>
internal static class GroundSets
{
    /// <summary>Share of shards found corrupt in any fleet.</summary>
    private const double Baseline = 1e-6;

    /// <summary>Hosts that groups name and no plan does are kept: their shards are gone, not nowhere.</summary>
    public static SetPlacement Of(PlacementMap map, GroundPlan plan, RedundancyCode code)
    {
        ImmutableArray<string> azs = [.. plan.Of(GroundRole.Storage).Select(host => host.Az).Distinct().Order(StringComparer.Ordinal)];
        var hosts = new List<PlacedHost>(plan.Of(GroundRole.Storage).Select(host => new PlacedHost(host.Id, azs.IndexOf(host.Az), "local", host.Slot)));
        var places = hosts.Select((host, place) => (host.Id, place)).ToDictionary(StringComparer.Ordinal);
        var members = ImmutableArray.CreateBuilder<int>(map.Groups.Length * PlacementMap.Positions);
        foreach (var group in map.Groups)
        {
            for (var position = 0; position < PlacementMap.Positions; position++)
            {
                if (!places.TryGetValue(group.Hosts[position], out var place))
                {
                    places[group.Hosts[position]] = place = hosts.Count;
                    hosts.Add(new PlacedHost(group.Hosts[position], position % 3, "none"));
                }

                members.Add(place);
            }
        }

        return new(code, azs, [.. hosts], members.MoveToImmutable(), map.Groups.Sum(group => group.Epoch));
    }

    /// <summary>One set, a shard for each member of the index.</summary>
    public static SetPlacement IndexOf(GroundPlan plan)
    {
        ImmutableArray<GroundHost> members = [.. plan.Of(GroundRole.Index)];
        ImmutableArray<string> azs = [.. members.Select(host => host.Az).Distinct().Order(StringComparer.Ordinal)];
        return new(RedundancyCode.Quorum(members.Length), azs, [.. members.Select((host, at) => new PlacedHost(host.Id, azs.IndexOf(host.Az), "local", at))], [.. Enumerable.Range(0, members.Length)], 1);
    }

    public static bool Same(SetPlacement one, SetPlacement other) =>
        one.Epoch == other.Epoch && one.Azs.SequenceEqual(other.Azs) && one.Hosts.SequenceEqual(other.Hosts) && one.Members.SequenceEqual(other.Members);

    public static ImmutableHashSet<int> Gone(SetPlacement placement, GroundPicture? picture, RegionFleet fleet)
    {
        var answers = picture?.Hosts.Where(host => host is { Pid: not null, Trouble: null }).Select(host => host.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        return [.. Enumerable.Range(0, placement.Hosts.Length).Where(place => placement.Hosts[place].Id is var id && (!answers.Contains(id) || fleet.Hosts.GetValueOrDefault(id)?.State is HostState.InWork or HostState.Casualty or HostState.Unknown))];
    }

    public static StoreIntegrity Integrity(ShardsPicture shards) =>
        new(
            shards.Answering, shards.Hosts, shards.Shards, shards.Corrupt, Binomial.AtLeast(Math.Max(shards.Shards, shards.Corrupt), shards.Corrupt, Baseline), shards.ScrubDone, TimeSpan.FromSeconds(shards.ScrubAgeSeconds), TimeSpan.FromSeconds(shards.ScrubBoundSeconds),
            shards.Extents, shards.Queue, TimeSpan.FromSeconds(shards.OldestSeconds), shards.Repaired, shards.Failed);
}
