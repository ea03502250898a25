using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Approvals;

namespace OpsConsole.Domain.Rollouts.Story;

/// <summary>Two rollouts side by side.</summary>
/// <param name="PlanChanges">What the second's plan does that the first's does not, a line each.</param>
/// <param name="Gates">By name; those of either.</param>
/// <param name="Longest">The longer of the two: what both are drawn by.</param>
public sealed record RolloutComparison(ComparedRollout One, ComparedRollout Other, ImmutableArray<string> PlanChanges, ImmutableArray<GatePair> Gates, TimeSpan Longest)
{
    public static RolloutComparison Of((Rollout Rollout, RolloutStory Story, ImmutableArray<Recorded> Events) one, (Rollout Rollout, RolloutStory Story, ImmutableArray<Recorded> Events) other)
    {
        var (first, second) = (Counts(one.Events), Counts(other.Events));
        Gate? Find(Rollout rollout, string name) => rollout.Pipeline!.Gates.FirstOrDefault(gate => gate.Name == name);
        var names = one.Rollout.Pipeline!.Gates.Concat(other.Rollout.Pipeline!.Gates).Select(gate => gate.Name).Distinct();
        var (left, right) = (ComparedRollout.Of(one.Rollout, one.Story), ComparedRollout.Of(other.Rollout, other.Story));
        return new(
            left, right, PlanDifference.Between(one.Rollout.Plan!, other.Rollout.Plan!),
            [.. names.Select(name => new GatePair(name, GateSide.Of(Find(one.Rollout, name), first), GateSide.Of(Find(other.Rollout, name), second)))],
            left.Took > right.Took ? left.Took : right.Took);
    }

    private static Dictionary<string, (int Bad, int All)> Counts(ImmutableArray<Recorded> events)
    {
        var counts = new Dictionary<string, (int Bad, int All)>();
        foreach (var verdict in events.Select(one => one.Event).OfType<WindowJudged>().SelectMany(window => window.Verdicts))
        {
            var (bad, all) = counts.GetValueOrDefault(verdict.Gate);
            counts[verdict.Gate] = (bad + (verdict.Verdict == Verdict.Bad ? 1 : 0), all + 1);
        }

        return counts;
    }
}

/// <param name="Took">Until its end, or until now.</param>
/// <param name="Reached">Hosts that were given the release.</param>
public sealed record ComparedRollout(string Id, string Service, string Release, string Pipeline, int PipelineVersion, RolloutStatus Status, string? Why, TimeSpan Took, int Hosts, int Reached, RolloutStory Story)
{
    public static ComparedRollout Of(Rollout rollout, RolloutStory story) =>
        new(rollout.Id, rollout.Service, rollout.Plan!.Release, rollout.Pipeline!.Name, rollout.PipelineVersion, rollout.Status, rollout.Why, story.Told - story.Start, rollout.Plan.Hosts, story.BegunBy(DateTimeOffset.MaxValue), story);
}

/// <summary>A gate in each of two rollouts; null where one has none of that name.</summary>
public sealed record GatePair(string Name, GateSide? One, GateSide? Other)
{
    public bool Differs => One?.Rule != Other?.Rule;
}

/// <param name="Rule">What it asks for, in words.</param>
/// <param name="Bad">Windows that it found bad, of <paramref name="Windows"/>.</param>
public sealed record GateSide(string Rule, int Bad, int Windows)
{
    internal static GateSide? Of(Gate? gate, Dictionary<string, (int Bad, int All)> counts) =>
        gate is null ? null : new(Words(gate), counts.GetValueOrDefault(gate.Name).Bad, counts.GetValueOrDefault(gate.Name).All);

    private static string Words(Gate gate)
    {
        string?[] limits =
        [
            gate.Max is { } max ? $"at most {Evidence.Figure(max)}" : null,
            gate.Min is { } min ? $"at least {Evidence.Figure(min)}" : null,
            gate.MaxIncrease is { } increase ? $"at most {Evidence.Figure(increase)} over the baseline" : null,
            gate.MaxRatio is { } ratio ? $"at most {Evidence.Figure(ratio)} times the baseline" : null,
            gate.Floor > 0 ? $"above {Evidence.Figure(gate.Floor)}" : null,
            gate.Canary is null ? null : "statistics against the baseline's hosts",
        ];
        return $"{gate.Metric} {string.Join(", ", limits.OfType<string>())}{(gate.OverBake ? " over the whole bake" : "")}; {gate.Bad} of {gate.Of} windows, {gate.MinSamples} samples";
    }
}
