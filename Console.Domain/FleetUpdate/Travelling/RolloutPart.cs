namespace OpsConsole.Domain.FleetUpdate.Travelling;

/// <summary>The stage of a rollout, in the campaign's region, that a campaign changes hosts for: its hosts are those that the rollout's run gives out, batch by batch.</summary>
/// <param name="Id">The rollout's.</param>
/// <param name="Stage">Index.</param>
/// <param name="Attempt">The run's when the campaign was opened.</param>
/// <param name="Back">It takes hosts back to a release that is proven good: work that mends, done alone.</param>
public sealed record RolloutPart(string Id, int Stage, int Attempt, bool Back)
{
    /// <summary>What people cannot choose as an id, so that nobody takes it.</summary>
    public static string CampaignId(string rollout, int stage) => $"{rollout}:{stage}";
}
