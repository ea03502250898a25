using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Live;
using OpsConsole.Web.Cord;
using OpsConsole.Web.Fleet;
using OpsConsole.Web.Journal;
using OpsConsole.Web.Kit;
using OpsConsole.Web.Rollouts;

namespace OpsConsole.Web.Overview;

/// <summary>Makes the overview, once for all who look at the same scope.</summary>
public sealed class OverviewReader(FleetSummaries fleet, CordReader cord, RolloutReader rollouts, RecentEvents events, EnginePulse pulse)
{
    private const int MostEvents = 12;

    public OverviewModel Read(Scope? scope)
    {
        var filter = new HostFilter(scope);
        var regions = fleet.Now.Regions.Where(region => scope is null || region.Hosts.Any(filter.Lets)).ToArray();
        var lanes = RolloutLanes.Of(rollouts);
        var pulls = cord.Read().State.InForce;
        return new(
            [.. regions.GroupBy(region => (region.Partition, region.Simulated)).OrderBy(group => group.Key.Simulated).ThenByDescending(group => group.Count()).Select(group => new PartitionView(group.Key.Partition, group.Key.Simulated, [.. group.Select(region => View(region, lanes))]))],
            pulls,
            [.. pulls.Select(Wait), .. rollouts.UnderWay.Where(rollout => rollout.Wait is not null && RolloutLooks.NeedsPerson(rollout.Status)).Select(rollout => RolloutLooks.View($"{rollout.Id} {RolloutLooks.Words(rollout.Status)}", rollout.Wait!, RolloutLooks.Kind(rollout.Status), $"/rollouts/{rollout.Id}")), .. Casualties(regions)],
            [.. EventWords.Lines(events.Newest).Take(MostEvents)],
            pulse.Now(),
            regions.Sum(region => region.Hosts.Length),
            regions.Sum(region => region.InWork),
            regions.Sum(region => region.Casualties),
            regions.Sum(region => region.Unknown),
            rollouts.UnderWay.Count,
            rollouts.List.Count);
    }

    private static RegionView View(RegionSummary region, RolloutLanes lanes)
    {
        var azs = region.Azs.Select(az => lanes.Find(az) ?? new AzView(az.Letter, HostWords.Kind(az), HostWords.Percent(az), HostWords.Describe(az))).ToImmutableArray();
        var kind = new[] { StateKind.Bad, StateKind.Run, StateKind.Bake }.FirstOrDefault(kind => azs.Any(az => az.Kind == kind), StateKind.Idle);
        return new(region.Region, region.Hosts.Length, kind, azs);
    }

    private static WaitView Wait(CordPull pull) =>
        new($"The cord is pulled over {CordModel.Words(pull.Scope)}", $"{CordModel.Words(pull.Mode)}, by {pull.By}: {pull.Reason}", pull.At, null, "a person releases it, with a reason", "an approver of the scope", "commands may leave again; what was stopped waits for a person", StateKind.Bad, "/cord");

    private IEnumerable<WaitView> Casualties(IEnumerable<RegionSummary> regions) =>
        from region in regions
        where region.Casualties > 0
        let hosts = region.Hosts.Where(host => host.State == HostState.Casualty).ToArray()
        let visits = fleet.Region(region.Region).Visits
        let first = hosts.Select(host => visits.GetValueOrDefault(host.Id)).Where(visit => visit?.EndedAt is not null).MinBy(visit => visit!.EndedAt)
        select new WaitView(
            $"{Ages.Of(hosts.Length, "host")} of {region.Region} did not come back right",
            $"{hosts[0].Id}: {first?.Detail ?? "no detail given"}",
            first?.EndedAt ?? DateTimeOffset.UnixEpoch,
            null,
            "a later visit or a person mends them",
            "on call",
            "they take traffic again",
            StateKind.Bad,
            $"/fleet/{region.Region}?state={HostState.Casualty}");
}
