using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Web.Rollouts;

/// <summary>The list of rollouts: what is under way first, then what ended lately.</summary>
public sealed record RolloutsPageModel(IReadOnlyList<RolloutSummary> Rows, int UnderWay, int All)
{
    public const int Lately = 20;

    public static RolloutsPageModel Of(IReadOnlyList<RolloutSummary> list, bool all)
    {
        var open = list.Where(rollout => !RolloutLooks.Ended(rollout.Status)).ToArray();
        var ended = list.Where(rollout => RolloutLooks.Ended(rollout.Status));
        return new([.. open, .. all ? ended : ended.Take(Lately)], open.Length, list.Count);
    }
}
