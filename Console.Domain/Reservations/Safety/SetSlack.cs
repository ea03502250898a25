using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>How many more shards a set could lose in the worst scenario; below 0 it falls short. Counted member by member: the slow way to what <see cref="RegionStandings"/> keeps along, and the only one for sets with local groups.</summary>
internal static class SetSlack
{
    private const int MostAzs = 4;

    /// <param name="local">Null for a code that counts.</param>
    /// <param name="othersToo">Whether all that are gone count as gone, or the host in question alone.</param>
    public static int Of(PlacedSet set, LocalRule? local, SafetyQuestion question, ImmutableArray<SurviveScenario> scenarios, bool othersToo)
    {
        Span<int> alive = stackalloc int[MostAzs];
        Span<uint> shards = stackalloc uint[MostAzs];
        var azs = new AzNames();
        var gone = 0u;
        for (var shard = 0; shard < set.Hosts.Length; shard++)
        {
            var host = set.Hosts[shard];
            if (question.Takes(host) || !question.Fleet.Hosts.TryGetValue(host, out var known) || (othersToo && question.Gone(host)))
            {
                gone |= local is null ? 0 : 1u << shard;
                continue;
            }

            var az = azs.IndexOf(known.Az);
            alive[az]++;
            shards[az] |= local is null ? 0 : 1u << shard;
        }

        var least = int.MaxValue;
        foreach (var scenario in scenarios)
        {
            least = Math.Min(least, local is null ? scenario.Slack(alive, set.K) : local.Slack(gone, shards, scenario));
        }

        return least;
    }

    /// <param name="alive">By AZ.</param>
    /// <param name="livesIn">The AZ in which <paramref name="taken"/> shards go besides; -1 for none.</param>
    public static int Of(ReadOnlySpan<int> alive, int livesIn, int taken, int needed, ImmutableArray<SurviveScenario> scenarios)
    {
        var (all, most) = (0, 0);
        for (var az = 0; az < alive.Length; az++)
        {
            var left = alive[az] - (az == livesIn ? taken : 0);
            (all, most) = (all + left, Math.Max(most, left));
        }

        var least = int.MaxValue;
        foreach (var scenario in scenarios)
        {
            least = Math.Min(least, all - (scenario.AzLost ? most : 0) - scenario.ExtraFailures - needed);
        }

        return least;
    }

    /// <summary>A place for each AZ of a set: a region has three. Names of AZs are one string each, so comparing them is comparing references first.</summary>
    private struct AzNames
    {
        private string? _first;
        private string? _second;
        private string? _third;

        /// <summary>AZs beyond the third share a place, which only makes the answer stricter.</summary>
        public int IndexOf(string az) =>
            (_first ??= az) == az ? 0 : (_second ??= az) == az ? 1 : (_third ??= az) == az ? 2 : MostAzs - 1;
    }
}
