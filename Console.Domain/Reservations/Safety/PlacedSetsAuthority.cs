using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>Answers from a map of redundancy sets, by counting: what is left of each of the host's sets with every charged and failed host gone.</summary>
/// <param name="second">Counts some of its answers a second time; null for none.</param>
public sealed class PlacedSetsAuthority(string name, PlacedSets placement, SecondCount? second = null) : ISafetyAuthority
{
    private const int MostAzs = 4;
    private static readonly ImmutableArray<SurviveScenario> Readable = [new(false, 0)];

    private readonly ConcurrentDictionary<string, RegionStandings> _standings = new();

    public string Name => name;

    public PlacedSets Placement => placement;

    public PlacedSets Counted => placement;

    public DateTimeOffset? ToldAt => placement.TakenAt;

    /// <summary>What the service itself does with the data of these hosts, by host: work on them waits.</summary>
    public ImmutableDictionary<string, string> Conflicts { get; init; } = ImmutableDictionary<string, string>.Empty;

    public SafetyAnswer Ask(SafetyQuestion question)
    {
        var answer = new SafetyAnswer(placement.Epoch, placement.TakenAt is { } taken ? question.Now - taken : TimeSpan.Zero) { Conflict = Conflicts.GetValueOrDefault(question.Host.Id) };
        if (!placement.Knows(question.Host.Id))
        {
            return answer;
        }

        var standings = _standings.GetOrAdd(question.Fleet.Region, _ => new RegionStandings(placement));
        lock (standings)
        {
            standings.TurnTo(question);
            answer = Judge(standings, question, answer);
        }

        if (second is null || !SecondCount.Takes(question) || second.Contradicts(placement, question, answer, Scenarios(question)) is not { } differs)
        {
            return answer;
        }

        // What was counted along is let go: the next question counts anew.
        _standings.TryRemove(question.Fleet.Region, out _);
        return answer with { Unreachable = $"its sets were counted twice and the counts differ ({differs})", Slack = null, Objection = null };
    }

    /// <summary>How many more shards the set could lose in the worst scenario without the host; below 0 it falls short. Counted member by member: the slow way to what <see cref="RegionStandings"/> keeps along.</summary>
    /// <param name="othersToo">Whether all that are charged or failed count as gone, or the host alone.</param>
    internal static int Slack(PlacedSet set, SafetyQuestion question, ImmutableArray<SurviveScenario> scenarios, bool othersToo)
    {
        Span<int> byAz = stackalloc int[MostAzs];
        var azs = new AzNames();
        var alive = 0;
        foreach (var host in set.Hosts)
        {
            if (host == question.Host.Id || !question.Fleet.Hosts.TryGetValue(host, out var known) || (othersToo && question.Gone(host)))
            {
                continue;
            }

            alive++;
            byAz[azs.IndexOf(known.Az)]++;
        }

        var worstAz = 0;
        foreach (var count in byAz)
        {
            worstAz = Math.Max(worstAz, count);
        }

        var least = int.MaxValue;
        foreach (var scenario in scenarios)
        {
            least = Math.Min(least, alive - (scenario.AzLost ? worstAz : 0) - scenario.ExtraFailures - set.K);
        }

        return least;
    }

    private SafetyAnswer Judge(RegionStandings standings, SafetyQuestion question, SafetyAnswer answer)
    {
        var (tightest, scenarios, livesIn) = (int.MaxValue, Scenarios(question), standings.LivesIn(question.Host.Id));
        var numbers = placement.NumbersOf(question.Host.Id);
        for (var at = 0; at < numbers.Length; at++)
        {
            var (number, shards) = (numbers[at], 1);
            for (; at + 1 < numbers.Length && numbers[at + 1] == number; at++)
            {
                shards++;
            }

            var slack = Left(standings.Alive(number), livesIn, shards, placement.Sets[number].K, scenarios);
            tightest = Math.Min(tightest, slack);
            if (slack < 0)
            {
                var set = placement.Sets[number];
                var never = Slack(set, question, scenarios, othersToo: false) < 0;
                return answer with { Slack = slack, Objection = new(set.Id, slack, [.. set.Hosts.Where(host => host != question.Host.Id && question.Gone(host)).Distinct()], never) };
            }
        }

        return answer with { Slack = tightest };
    }

    /// <param name="livesIn">The AZ in which the host's shards go besides; -1 for none.</param>
    private static int Left(ReadOnlySpan<int> alive, int livesIn, int shards, int needed, ImmutableArray<SurviveScenario> scenarios)
    {
        var (all, most) = (0, 0);
        for (var az = 0; az < alive.Length; az++)
        {
            var left = alive[az] - (az == livesIn ? shards : 0);
            (all, most) = (all + left, Math.Max(most, left));
        }

        var least = int.MaxValue;
        foreach (var scenario in scenarios)
        {
            least = Math.Min(least, all - (scenario.AzLost ? most : 0) - scenario.ExtraFailures - needed);
        }

        return least;
    }

    /// <summary>A host that is lost already must only not be the last source; in an emergency no AZ is lost besides, and one more failure still is survived.</summary>
    private ImmutableArray<SurviveScenario> Scenarios(SafetyQuestion question) =>
        question.Unhealthy ? Readable
        : question.Tier == SafetyTier.Emergency ? [.. placement.Survive.Select(scenario => new SurviveScenario(false, Math.Max(1, scenario.ExtraFailures))).Distinct()]
        : placement.Survive;

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
