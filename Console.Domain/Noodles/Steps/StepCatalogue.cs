using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using OpsConsole.Domain.Noodles.Expressions;

namespace OpsConsole.Domain.Noodles.Steps;

/// <summary>All steps there are, and the links to them.</summary>
public sealed partial class StepCatalogue
{
    private const int DeepestLink = 5;

    private readonly ImmutableArray<(IStepPattern Pattern, int Index)> _patterns;
    private readonly ImmutableArray<(IStepPattern Pattern, StepLink Link)> _links;

    private StepCatalogue(ImmutableArray<StepSentence> sentences, ImmutableArray<(IStepPattern, int)> patterns, ImmutableArray<(IStepPattern, StepLink)> links) =>
        (Sentences, _patterns, _links) = (sentences, patterns, links);

    public ImmutableArray<StepSentence> Sentences { get; }

    public ImmutableArray<StepLink> Links => [.. _links.Select(link => link.Link)];

    /// <summary>What cannot be used is left out and told of; a sentence written twice is told of with both owners.</summary>
    public static (StepCatalogue Catalogue, ImmutableArray<string> Faults) Make(ImmutableArray<StepSentence> sentences, ImmutableArray<StepLink> links, ParameterTypes types)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var patterns = ImmutableArray.CreateBuilder<(IStepPattern, int)>();
        var linked = ImmutableArray.CreateBuilder<(IStepPattern, StepLink)>();
        for (var at = 0; at < sentences.Length; at++)
        {
            if (Pattern(sentences[at].Text, sentences[at].Regular, sentences[at].Owner, sentences[at].Where, types, faults) is { } pattern)
            {
                patterns.Add((pattern, at));
            }
        }

        foreach (var link in links)
        {
            if (link.To.Length is 0 or > StepLink.MostSteps)
            {
                faults.Add($"{link.Where} ({link.Owner}): '{link.Sentence}' is linked to {link.To.Length} steps; link it to 1 to {StepLink.MostSteps}.");
            }
            else if (Pattern(link.Sentence, false, link.Owner, link.Where, types, faults) is { } pattern)
            {
                linked.Add((pattern, link));
            }
        }

        faults.AddRange(sentences.Select(one => (one.Text, one.Owner, one.Where)).Concat(links.Select(link => (Text: link.Sentence, link.Owner, link.Where)))
            .GroupBy(one => one.Text, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"'{group.Key}' is written {group.Count()} times: {string.Join(" and ", group.Select(one => $"by {one.Owner} in {one.Where}"))}. One of them must be another sentence."));
        return (new(sentences, patterns.ToImmutable(), linked.ToImmutable()), faults.ToImmutable());
    }

    public StepMatch Match(string text) => Match(text, 0);

    private StepMatch Match(string text, int depth)
    {
        var found = _patterns.Select(one => (one.Index, Arguments: one.Pattern.Match(text))).Where(one => one.Arguments is not null).Select(one => new StepMatch.Found(one.Index, Sentences[one.Index], one.Arguments!.Value)).ToImmutableArray();
        var links = _links.Select(one => (one.Link, Arguments: one.Pattern.Match(text))).Where(one => one.Arguments is not null).ToImmutableArray();
        return (found.Length, links.Length) switch
        {
            (0, 0) => new StepMatch.Undefined($"No step answers to '{text}'."),
            (1, 0) => found[0],
            (0, 1) => Follow(links[0].Link, links[0].Arguments!.Value, depth),
            _ => Ambiguous(text, [.. found.Select(one => (one.Sentence.Text, one.Sentence.Owner, one.Sentence.Where)), .. links.Select(one => (one.Link.Sentence, one.Link.Owner, one.Link.Where))]),
        };
    }

    private static StepMatch.Ambiguous Ambiguous(string text, ImmutableArray<(string Text, string Owner, string Where)> all) =>
        new($"'{text}' is answered by {all.Length} steps: {string.Join(" and ", all.Select(one => $"'{one.Text}' of {one.Owner} in {one.Where}"))}. One of the owners must write another sentence.", [.. all.Select(one => one.Owner)]);

    private StepMatch Follow(StepLink link, ImmutableArray<Argument> arguments, int depth)
    {
        if (depth == DeepestLink)
        {
            return new StepMatch.Undefined($"'{link.Sentence}' of {link.Owner} in {link.Where} leads through more than {DeepestLink} links; perhaps in a circle.");
        }

        var steps = ImmutableArray.CreateBuilder<StepMatch.Found>();
        foreach (var to in link.To)
        {
            var text = Place().Replace(to, place => int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) is var number && number >= 1 && number <= arguments.Length ? arguments[number - 1].Text ?? "" : place.Value);
            switch (Match(text, depth + 1))
            {
                case StepMatch.Found one:
                    steps.Add(one);
                    break;
                case StepMatch.Linked more:
                    steps.AddRange(more.Steps);
                    break;
                case StepMatch.Undefined undefined:
                    return new StepMatch.Undefined($"{link.Owner} linked '{link.Sentence}' in {link.Where} to a step there is not: {undefined.Why}");
                case var odd:
                    return odd;
            }
        }

        return steps.Count <= StepLink.MostSteps * StepLink.MostSteps ? new StepMatch.Linked(link, steps.ToImmutable()) : new StepMatch.Undefined($"'{link.Sentence}' of {link.Owner} grows to {steps.Count} steps.");
    }

    private static IStepPattern? Pattern(string text, bool regular, string owner, string where, ParameterTypes types, ImmutableArray<string>.Builder faults)
    {
        string? fault;
        IStepPattern? pattern;
        if (regular)
        {
            (pattern, fault) = RegularStep.Parse(text, types);
        }
        else
        {
            (pattern, var wrong) = CucumberExpression.Parse(text, types);
            fault = wrong?.ToString();
        }

        if (fault is not null)
        {
            faults.Add($"{where} ({owner}): {fault}");
        }

        return pattern;
    }

    [GeneratedRegex(@"\{(\d{1,2})\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
