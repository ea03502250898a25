using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>Answers from a map of redundancy sets, by counting: what is left of each of the host's sets with every charged and failed host gone, and whether its steady tier holds with lost hosts alone gone.</summary>
/// <param name="second">Counts some of its answers a second time; null for none.</param>
public sealed class PlacedSetsAuthority(string name, PlacedSets placement, SecondCount? second = null) : ISafetyAuthority
{
    private static readonly ImmutableArray<SurviveScenario> Readable = [new(false, 0)];

    private readonly ConcurrentDictionary<string, RegionStandings> _standings = new();

    /// <summary>The same with lost hosts alone gone. Counted where a steady tier is stated only.</summary>
    private readonly ConcurrentDictionary<string, RegionStandings> _steady = new();

    public string Name => name;

    public PlacedSets Placement => placement;

    public PlacedSets Counted => placement;

    public StoredBytes? Bytes => placement.Bytes;

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

        answer = Count(_standings, question, answer, Scenarios(question));
        if (placement.Steady.IsEmpty || question.Mends || question.Tier != SafetyTier.Maintenance || answer.Unreachable is not null || question.Unhealthy)
        {
            return answer;
        }

        var steady = Count(_steady, question with { Tier = SafetyTier.Steady }, SafetyAnswer.NoData, placement.Steady);
        return steady.Unreachable is { } differs ? answer with { Unreachable = differs, Slack = null, Objection = null } : answer with { Steady = steady.Objection };
    }

    private SafetyAnswer Count(ConcurrentDictionary<string, RegionStandings> counted, SafetyQuestion question, SafetyAnswer answer, ImmutableArray<SurviveScenario> scenarios)
    {
        var standings = counted.GetOrAdd(question.Fleet.Region, static (_, sets) => new RegionStandings(sets), placement);
        lock (standings)
        {
            standings.TurnTo(question);
            answer = Judge(standings, question, answer, scenarios);
        }

        if (second is null || !SecondCount.Takes(question) || second.Contradicts(placement, question, answer, scenarios) is not { } differs)
        {
            return answer;
        }

        // What was counted along is let go: the next question counts anew.
        counted.TryRemove(question.Fleet.Region, out _);
        return answer with { Unreachable = $"its sets were counted twice and the counts differ ({differs})", Slack = null, Objection = null };
    }

    private SafetyAnswer Judge(RegionStandings standings, SafetyQuestion question, SafetyAnswer answer, ImmutableArray<SurviveScenario> scenarios)
    {
        var (tightest, livesIn) = (int.MaxValue, question.Takes(question.Host.Id) ? standings.LivesIn(question.Host.Id) : -1);
        var numbers = placement.NumbersOf(question.Host.Id);
        for (var at = 0; at < numbers.Length; at++)
        {
            var (number, shards) = (numbers[at], 1);
            for (; at + 1 < numbers.Length && numbers[at + 1] == number; at++)
            {
                shards++;
            }

            var local = placement.LocalOf(number);
            var slack = local is null ? SetSlack.Of(standings.Alive(number), livesIn, shards, placement.NeededOf(number), scenarios) : SetSlack.Of(placement.Sets[number], local, question, scenarios, othersToo: true);
            tightest = Math.Min(tightest, slack);
            if (slack < 0)
            {
                var set = placement.Sets[number];
                var never = SetSlack.Of(set, local, question, scenarios, othersToo: false) < 0;
                return answer with { Slack = slack, Objection = new(set.Id, slack, [.. set.Hosts.Where(host => host != question.Host.Id && question.Gone(host)).Distinct()], never) };
            }
        }

        return answer with { Slack = tightest };
    }

    /// <summary>A host that is lost already must only not be the last source; in an emergency no AZ is lost besides, and one more failure still is survived.</summary>
    private ImmutableArray<SurviveScenario> Scenarios(SafetyQuestion question) =>
        question.Unhealthy ? Readable
        : question.Tier == SafetyTier.Emergency ? [.. placement.Survive.Select(scenario => new SurviveScenario(false, Math.Max(1, scenario.ExtraFailures))).Distinct()]
        : placement.Survive;
}
