using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Waves;
using OpsConsole.Domain.Placement;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.FleetUpdate.Preview;

/// <summary>Waves and hours of an order beside the least that any plan needs, from the placements that are known.</summary>
public static class BoundsOf
{
    private const int MostAzs = SetState.Azs;

    /// <param name="mostInRack">Hosts of a rack gone at once, as reservations limit it.</param>
    public static PlanBounds Order(CampaignOrder order, ImmutableArray<PlannedAz> azs, RegionFleet fleet, ISafetyAuthorities authorities, int? mostInRack)
    {
        var outage = order.Cycle + TimeSpan.FromTicks(order.Activities.Sum(one => one.P50.Ticks));
        var bake = order.Activities.Max(one => one.Bake);
        var groups = fleet.Azs.Count > MostAzs ? [] : Counters(azs, fleet, authorities);
        var bounds = azs.Select(az => Az(az, order, groups, outage, bake, mostInRack)).ToImmutableArray();
        return new(bounds.Any(az => az.Waves is null) ? null : bounds.Sum(az => az.Waves!.Value), bounds.Sum(az => Math.Max(az.BySets, Ceiling(az.Hosts, az.Cap))), TimeSpan.FromTicks(bounds.Sum(az => az.Time.Ticks)), bounds);
    }

    private static AzBound Az(PlannedAz az, CampaignOrder order, ImmutableArray<Group> groups, TimeSpan outage, TimeSpan bake, int? mostInRack)
    {
        var cap = Math.Max(1, (int)(az.Hosts.Length * order.CapShare));
        var (bySets, waves) = (1, Ceiling(az.Hosts.Length, cap));
        foreach (var group in groups)
        {
            int[] mine = [.. az.Hosts.Where(group.Numbers.ContainsKey).Select(host => group.Numbers[host])];
            bySets = Math.Max(bySets, WaveBounds.Of(group.Counters, mine, new()));
            waves = Math.Max(waves, WavePlanner.Plan(group.Counters, mine, new(MostHosts: cap) { MostInRack = mostInRack ?? int.MaxValue }).Waves.Length);
        }

        var byCap = outage * ((double)az.Hosts.Length / cap);
        var time = new[] { outage * bySets, byCap, outage + bake }.Max();
        return new(az.Az, az.Hosts.Length, cap, bySets, groups.IsEmpty ? null : waves, time);
    }

    /// <summary>One index for each code of each service: sets of different codes are judged by themselves.</summary>
    private static ImmutableArray<Group> Counters(ImmutableArray<PlannedAz> azs, RegionFleet fleet, ISafetyAuthorities authorities)
    {
        var names = fleet.Azs.Keys.ToArray();
        return
        [
            .. azs.SelectMany(az => az.Hosts).Select(host => fleet.Hosts[host]).DistinctBy(host => host.Service).Select(authorities.For).Select(authority => authority?.Counted).OfType<PlacedSets>()
                .SelectMany(placed => placed.Sets.GroupBy(set => (Shards: set.Hosts.Length, set.K, Local: !set.Groups.IsEmpty)).Select(code => Make([.. code], placed.Survive, fleet, names)))
                .OfType<Group>(),
        ];
    }

    /// <summary>Null where sets lie in a way that packed counters do not take: more than 15 shards in an AZ, hosts that are not in the fleet, local groups.</summary>
    private static Group? Make(ImmutableArray<PlacedSet> sets, ImmutableArray<SurviveScenario> survive, RegionFleet fleet, string[] azs)
    {
        var hosts = sets.SelectMany(set => set.Hosts).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (!hosts.All(fleet.Hosts.ContainsKey) || sets.Any(set => !set.Groups.IsEmpty || set.Hosts.GroupBy(host => fleet.Hosts[host].Az).Any(az => az.Count() > SetState.MostInAz) || set.Hosts.Distinct().Count() < set.Hosts.Length))
        {
            return null;
        }

        var numbers = hosts.Select((host, number) => (host, number)).ToDictionary(one => one.host, one => one.number);
        var racks = hosts.Select(host => fleet.Hosts[host].Rack).Distinct().Select((rack, number) => (rack, number)).ToDictionary(one => one.rack, one => one.number);
        var map = PlacementMap.Of([.. hosts.Select(host => fleet.Hosts[host]).Select(host => (Array.IndexOf(azs, host.Az), racks[host.Rack], host.PositionClass))], [.. sets.Select(set => set.Hosts.Select(host => numbers[host]).ToArray())]);
        var code = new RedundancyCode($"{sets[0].K} of {sets[0].Hosts.Length}", sets[0].Hosts.Length, sets[0].K);
        return new(new SetCounters(map, new SlackTable(code, survive)), numbers);
    }

    private static int Ceiling(int count, int most) => (count + most - 1) / most;

    private sealed record Group(SetCounters Counters, Dictionary<string, int> Numbers);
}
