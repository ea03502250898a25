using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>One language's keywords.</summary>
/// <param name="Language">Such as <c>en</c>.</param>
/// <param name="Given">Of steps: with the space after them where the language has one; <c>* </c> is in each of the five.</param>
public sealed record Dialect(
    string Language,
    ImmutableArray<string> Feature,
    ImmutableArray<string> Rule,
    ImmutableArray<string> Background,
    ImmutableArray<string> Scenario,
    ImmutableArray<string> ScenarioOutline,
    ImmutableArray<string> Examples,
    ImmutableArray<string> Given,
    ImmutableArray<string> When,
    ImmutableArray<string> Then,
    ImmutableArray<string> And,
    ImmutableArray<string> But)
{
    /// <summary>All step keywords, longest first: <c>Given that </c> before <c>Given </c>.</summary>
    public ImmutableArray<string> Steps { get; } = [.. Given.Concat(When).Concat(Then).Concat(And).Concat(But).Distinct().OrderByDescending(keyword => keyword.Length).ThenBy(keyword => keyword, StringComparer.Ordinal)];

    /// <summary>What kind of step a keyword begins; Unknown where it stands for more than one.</summary>
    public StepKind KindOf(string keyword)
    {
        var kinds = new HashSet<StepKind>();
        Take(Given, StepKind.Context);
        Take(When, StepKind.Action);
        Take(Then, StepKind.Outcome);
        Take(And.AddRange(But), StepKind.Conjunction);
        return kinds.Count == 1 ? kinds.Single() : StepKind.Unknown;

        void Take(ImmutableArray<string> keywords, StepKind kind)
        {
            if (keywords.Contains(keyword))
            {
                kinds.Add(kind);
            }
        }
    }
}
