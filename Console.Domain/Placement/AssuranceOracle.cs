using System.Collections.Immutable;

namespace OpsConsole.Domain.Placement;

/// <summary>
/// The slow way to the same answer, kept beside the fast one: tries every AZ that may be lost and every choice of further shards, and counts what is left. For tests, and for a
/// sample of what was really granted.
/// </summary>
public static class AssuranceOracle
{
    /// <summary>Shards more than needed that are left in the worst case; below 0 the set is lost.</summary>
    /// <param name="azs">By shard: its AZ.</param>
    /// <param name="gone">By shard: whether its host is charged or failed.</param>
    public static int Slack(ReadOnlySpan<int> azs, ReadOnlySpan<bool> gone, int needed, SurviveScenario scenario)
    {
        var alive = new List<int>();
        for (var shard = 0; shard < azs.Length; shard++)
        {
            if (!gone[shard])
            {
                alive.Add(azs[shard]);
            }
        }

        int[] lost = scenario.AzLost ? [.. azs.ToArray().Distinct()] : [-1];
        return lost.Min(az => Fewest([.. alive.Where(shard => shard != az)], scenario.ExtraFailures)) - needed;
    }

    /// <summary>What is left after the worst choice of further failures. Where there are more failures than shards, what is missing counts against the set.</summary>
    private static int Fewest(ImmutableArray<int> alive, int failures) =>
        failures == 0 ? alive.Length
        : alive.IsEmpty ? -failures
        : Enumerable.Range(0, alive.Length).Min(shard => Fewest(alive.RemoveAt(shard), failures - 1));
}
