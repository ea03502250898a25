using OpsConsole.Domain.Noodles.Features;

namespace OpsConsole.Tests.Noodles;

/// <summary>What is counted and told of a feature file, in words that can be compared.</summary>
internal static class FeatureFacts
{
    /// <summary>A file's nodes, counted.</summary>
    public static IEnumerable<(string Name, string Value)> NodesOf(FeatureFile file)
    {
        var children = file.Feature is null ? [] : All(file.Feature.Children).ToArray();
        var scenarios = children.Where(child => child.Scenario is not null).Select(child => child.Scenario!).ToArray();
        var steps = children.SelectMany(child => child.Background?.Steps ?? child.Scenario?.Steps ?? []).ToArray();
        var examples = scenarios.SelectMany(scenario => scenario.Examples).ToArray();
        yield return ("feature", file.Feature is null ? "false" : "true");
        yield return ("comments", $"{file.Comments}");
        yield return ("language", file.Feature?.Language.ToLowerInvariant() ?? "");
        yield return ("tags", $"{file.Feature?.Tags.Length ?? 0}");
        yield return ("rules", $"{children.Count(child => child.Rule is not null)}");
        yield return ("backgrounds", $"{children.Count(child => child.Background is not null)}");
        yield return ("scenarios", $"{scenarios.Length}");
        yield return ("steps", $"{steps.Length}");
        yield return ("examples", $"{examples.Length}");
        yield return ("example_rows", $"{examples.Sum(one => one.Rows.Length)}");
        yield return ("datatables", $"{steps.Count(step => step.Table is not null)}");
        yield return ("docstrings", $"{steps.Count(step => step.DocString is not null)}");
        yield return ("stepKeywordTypes", string.Join(", ", steps.GroupBy(step => step.Kind).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<FeatureChild> All(IEnumerable<FeatureChild> children) => children.SelectMany(child => child.Rule is null ? [child] : All(child.Rule.Children).Prepend(child));

    /// <summary>A scenario as it is run: its tags, the rule, its name, each step with what it is, its table and its text.</summary>
    public static string Tell(Pickle pickle) =>
        string.Join(" ", pickle.Tags.Append($"{(pickle.Rule.Length == 0 ? "" : pickle.Rule + "/")}{pickle.Name}:").Concat(pickle.Steps.Select(step =>
            $"{step.Kind.ToString()[0]}({step.Text}){string.Concat((step.Table?.Rows ?? []).Select(row => $"[{string.Join('|', row.Cells)}]"))}{(step.DocString is { } doc ? $"<{doc.MediaType}>{doc.Content}" : "")}")));
}
