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

    /// <summary>The same for a set with local groups, by its rank: every shard that is alive counts but a group's last, which tells nothing new where the others of its group are there.</summary>
    /// <param name="groups">Places of each group's shards.</param>
    /// <returns>The most further losses, whichever, after which it still can be read; below 0: so many must come back. Less the scenario's own.</returns>
    public static int Slack(ReadOnlySpan<int> azs, ReadOnlySpan<bool> gone, ImmutableArray<ImmutableArray<int>> groups, int needed, SurviveScenario scenario)
    {
        var (alive, places) = (new List<int>(), azs.ToArray());
        for (var shard = 0; shard < azs.Length; shard++)
        {
            if (!gone[shard])
            {
                alive.Add(shard);
            }
        }

        int[] lost = scenario.AzLost ? [-1, .. places.Distinct()] : [-1];
        return lost.Min(az => Margin([.. alive.Where(shard => az < 0 || places[shard] != az)], places.Length, groups, needed)) - scenario.ExtraFailures;
    }

    private static int Margin(ImmutableArray<int> alive, int shards, ImmutableArray<ImmutableArray<int>> groups, int needed)
    {
        bool Readable(IEnumerable<int> left) =>
            left.ToHashSet() is var there && groups.Sum(group => Math.Min(group.Length - 1, group.Count(there.Contains))) + there.Count(shard => !groups.Any(group => group.Contains(shard))) >= needed;
        if (!Readable(alive))
        {
            ImmutableArray<int> away = [.. Enumerable.Range(0, shards).Except(alive)];
            return -Enumerable.Range(1, away.Length).First(back => Choices(away, back).Any(chosen => Readable(alive.Concat(chosen))));
        }

        return Enumerable.Range(1, alive.Length).First(losses => Choices(alive, losses).Any(chosen => !Readable(alive.Except(chosen)))) - 1;
    }

    private static IEnumerable<ImmutableArray<int>> Choices(ImmutableArray<int> of, int many) =>
        many == 0 ? [[]] : Enumerable.Range(0, of.Length - many + 1).SelectMany(first => Choices(of[(first + 1)..], many - 1).Select(rest => rest.Insert(0, of[first])));

    /// <summary>What is left after the worst choice of further failures. Where there are more failures than shards, what is missing counts against the set.</summary>
    private static int Fewest(ImmutableArray<int> alive, int failures) =>
        failures == 0 ? alive.Length
        : alive.IsEmpty ? -failures
        : Enumerable.Range(0, alive.Length).Min(shard => Fewest(alive.RemoveAt(shard), failures - 1));
}
