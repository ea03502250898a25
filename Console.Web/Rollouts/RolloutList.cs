using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts;

/// <summary>The list of rollouts, a page at a time.</summary>
internal static class RolloutList
{
    /// <summary>Stands for every state that has not ended.</summary>
    private const string Active = "active";

    public static IResult Answer(IStates states, DateTimeOffset now, string? state, string? service, int? take, string? after)
    {
        var wanted = state is null or Active ? null : Enum.GetNames<RolloutStatus>().FirstOrDefault(name => name.Equals(state, StringComparison.OrdinalIgnoreCase));
        if (wanted is null && state is not (null or Active))
        {
            return Problems.Invalid("rollout.state", $"'{state}' is no state of a rollout.", $"Ask for {Active} or one of: {string.Join(", ", Enum.GetNames<RolloutStatus>())}.");
        }

        var all = states.All<Rollout>(RolloutStreams.Family).Select(one => one.State).Where(rollout => rollout.Exists).OrderByDescending(rollout => rollout.StartedAt).ThenBy(rollout => rollout.Id, StringComparer.Ordinal);
        return Paged.Answer(
            all,
            rollout => rollout.Id,
            rollout => (service is null || rollout.Service == service) && (state is null || (wanted is null ? !rollout.Ended : rollout.Status.ToString() == wanted)),
            take,
            after,
            (page, next) => new RolloutPage([.. page.Select(rollout => RolloutSummary.Find(states, rollout.Id, now)!)], next));
    }

    /// <param name="Next">Send as <c>after</c> for the next page; null on the last one.</param>
    public sealed record RolloutPage(RolloutSummary[] Rollouts, string? Next);
}
