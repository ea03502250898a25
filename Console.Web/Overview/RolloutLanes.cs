using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Web.Fleet;
using OpsConsole.Web.Rollouts;

namespace OpsConsole.Web.Overview;

/// <summary>How far the rollouts under way are in each AZ.</summary>
internal sealed class RolloutLanes(IReadOnlyDictionary<string, (string Rollout, AzLane Lane)> lanes)
{
    /// <summary>A stage's later look at an AZ counts more than an earlier one, unless it has not come there yet.</summary>
    public static RolloutLanes Of(RolloutReader rollouts) =>
        new(rollouts.UnderWay.Select(rollout => rollouts.Picture(rollout.Id)).OfType<RolloutPicture>()
            .SelectMany(picture => picture.Stages.SelectMany(stage => stage.Waves).SelectMany(wave => wave.Regions).SelectMany(region => region.Azs).Select(az => (Rollout: picture.Summary.Id, Lane: az)))
            .GroupBy(one => one.Lane.Az)
            .ToDictionary(group => group.Key, group => group.LastOrDefault(one => one.Lane.State != LaneState.Planned, group.First()), StringComparer.Ordinal));

    /// <summary>Null where no rollout reaches the AZ, or something worse is to be shown.</summary>
    public AzView? Find(AzSummary az)
    {
        if (az.Casualties > 0 || !lanes.TryGetValue(az.Az, out var found))
        {
            return null;
        }

        var (rollout, lane) = found;
        return new(az.Letter, RolloutLooks.Kind(lane.State), lane.Hosts == 0 ? 0 : 100 * lane.Confirmed / lane.Hosts, $"{HostWords.Describe(az)}; {rollout}: {RolloutLooks.Words(lane.State)}, {lane.Confirmed} of {lane.Hosts} confirmed");
    }
}
