using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>Makes a file's scenarios to run.</summary>
public static class Pickler
{
    /// <summary>Of one file.</summary>
    public const int MostPickles = 10_000;

    /// <summary>The fault says that there are too many; then there are none.</summary>
    public static (ImmutableArray<Pickle> Pickles, string? Fault) Pickles(FeatureFile file)
    {
        if (file.Feature is not { } feature)
        {
            return ([], null);
        }

        var made = Under(file, feature, feature.Children, feature.Tags, [], "").Take(MostPickles + 1).ToImmutableArray();
        return made.Length <= MostPickles ? (made, null) : ([], $"{file.Uri} makes more than {MostPickles} scenarios; split it.");
    }

    private static IEnumerable<Pickle> Under(FeatureFile file, Feature feature, ImmutableArray<FeatureChild> children, ImmutableArray<string> tags, ImmutableArray<StepNode> before, string rule)
    {
        foreach (var child in children)
        {
            if (child.Background is { } background)
            {
                before = before.AddRange(background.Steps);
            }
            else if (child.Rule is { } inner)
            {
                foreach (var pickle in Under(file, feature, inner.Children, tags.AddRange(inner.Tags), before, inner.Name))
                {
                    yield return pickle;
                }
            }
            else if (child.Scenario is { Examples.IsEmpty: true } plain)
            {
                yield return Make(plain, tags.AddRange(plain.Tags), 0, []);
            }
            else if (child.Scenario is { } outline)
            {
                foreach (var examples in outline.Examples)
                {
                    foreach (var row in examples.Rows)
                    {
                        yield return Make(outline, tags.AddRange(outline.Tags).AddRange(examples.Tags), row.Line, [.. examples.Header.Zip(row.Cells)]);
                    }
                }
            }
        }

        Pickle Make(ScenarioNode scenario, ImmutableArray<string> all, int row, ImmutableArray<(string, string)> values) =>
            new(file.Uri, feature.Language, feature.Name, Fill(scenario.Name, values), scenario.Line, row, all, scenario.Steps.IsEmpty ? [] : Steps(before, scenario.Steps, values)) { Rule = rule };
    }

    private static ImmutableArray<PickleStep> Steps(ImmutableArray<StepNode> before, ImmutableArray<StepNode> own, ImmutableArray<(string, string)> values)
    {
        var made = ImmutableArray.CreateBuilder<PickleStep>(before.Length + own.Length);
        var last = StepKind.Unknown;
        foreach (var (step, fills, ofBackground) in before.Select(step => (step, ImmutableArray<(string, string)>.Empty, true)).Concat(own.Select(step => (step, values, false))))
        {
            last = step.Kind == StepKind.Conjunction ? last : step.Kind;
            made.Add(new(Fill(step.Text, fills), last, step.Keyword, step.Line, ofBackground)
            {
                Table = step.Table is { } table ? new([.. table.Rows.Select(row => row with { Cells = [.. row.Cells.Select(cell => Fill(cell, fills))] })]) : null,
                DocString = step.DocString is { } doc ? new(Fill(doc.Content, fills), doc.MediaType is null ? null : Fill(doc.MediaType, fills)) : null,
            });
        }

        return made.ToImmutable();
    }

    private static string Fill(string text, ImmutableArray<(string Name, string Value)> values) =>
        values.IsDefaultOrEmpty ? text : values.Aggregate(text, (filled, pair) => filled.Replace($"<{pair.Name}>", pair.Value, StringComparison.Ordinal));
}
