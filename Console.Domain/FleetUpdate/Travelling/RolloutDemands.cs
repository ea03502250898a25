using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.FleetUpdate.Travelling;

/// <summary>What the runs of a region want: of rollouts under way, and of those that have ended while a campaign of theirs has not.</summary>
public static class RolloutDemands
{
    public static ImmutableArray<StatefulDemand> Of(IStates states, string region, DateTimeOffset now)
    {
        var open = states.Get<FleetUpdateState>(FleetUpdateStreams.Of(region)).Campaigns.Values.Where(one => !one.Over).Select(one => one.Order.Rollout?.Id).OfType<string>();
        return
        [
            .. open.Concat(UnderWay(states)).Distinct().Order(StringComparer.Ordinal)
                .Select(id => StatefulDemand.Of(states.Get<RegionRun>(RunStreams.Of(region, id)), RunDecider.Input(states, region, id, null, now))).OfType<StatefulDemand>(),
        ];
    }

    /// <summary>Ids of rollouts under way over hosts that keep data.</summary>
    public static IEnumerable<string> UnderWay(IStates states) =>
        states.All<Rollout>(RolloutStreams.Family).Select(one => one.State).Where(one => one is { Ended: false, Plan.Stateful: true }).Select(one => one.Id);
}
