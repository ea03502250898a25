using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Web.Rollouts;

/// <summary>The list of rollouts: what is under way first, then what ended lately.</summary>
public sealed record RolloutsPageModel(IReadOnlyList<RolloutSummary> Rows, int UnderWay, int All)
{
    public const int Lately = 20;

    public static RolloutsPageModel Of(RolloutReader reader, bool all)
    {
        var (list, open) = (reader.List, reader.UnderWay);
        return new([.. open, .. list.Where(rollout => RolloutLooks.Ended(rollout.Status)).Take(all ? int.MaxValue : Lately)], open.Count, list.Count);
    }
}
