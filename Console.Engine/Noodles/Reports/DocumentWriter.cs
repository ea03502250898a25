using OpsConsole.Domain.Noodles.Features;

namespace OpsConsole.Engine.Noodles.Reports;

/// <summary>A feature file as the message <c>gherkinDocument</c>; nodes are named by file and line.</summary>
internal static class DocumentWriter
{
    public static object Of(FeatureFile file) =>
        new { uri = file.Uri, comments = Array.Empty<object>(), feature = file.Feature is { } feature ? Feature(file.Uri, feature) : null };

    private static object Feature(string uri, Feature feature) =>
        new { location = At(feature.Line), language = feature.Language, keyword = "Feature", name = feature.Name, description = feature.Description, tags = Tags(uri, feature.Tags, feature.Line), children = feature.Children.Select(child => Child(uri, child)).ToArray() };

    private static object Child(string uri, FeatureChild child) =>
        child.Background is { } background ? new { background = new { id = Id(uri, background.Line), location = At(background.Line), keyword = "Background", name = background.Name, description = "", steps = Steps(uri, background.Steps) } }
        : child.Rule is { } rule ? new { rule = new { id = Id(uri, rule.Line), location = At(rule.Line), keyword = "Rule", name = rule.Name, description = "", tags = Tags(uri, rule.Tags, rule.Line), children = rule.Children.Select(inner => Child(uri, inner)).ToArray() } }
        : new { scenario = Scenario(uri, child.Scenario!) };

    private static object Scenario(string uri, ScenarioNode scenario) =>
        new
        {
            id = Id(uri, scenario.Line), location = At(scenario.Line), keyword = scenario.Examples.IsEmpty ? "Scenario" : "Scenario Outline", name = scenario.Name, description = "",
            tags = Tags(uri, scenario.Tags, scenario.Line), steps = Steps(uri, scenario.Steps),
            examples = scenario.Examples.Select(examples => new
            {
                id = Id(uri, examples.Line), location = At(examples.Line), keyword = "Examples", name = examples.Name, description = "", tags = Tags(uri, examples.Tags, examples.Line),
                tableHeader = examples.Header.IsEmpty ? null : Row(uri, new(examples.Line + 1, examples.Header)), tableBody = examples.Rows.Select(row => Row(uri, row)),
            }).ToArray(),
        };

    private static object[] Steps(string uri, IEnumerable<StepNode> steps) =>
        [.. steps.Select(step => new
        {
            id = Id(uri, step.Line), location = At(step.Line), keyword = step.Keyword, keywordType = step.Kind.ToString(), text = step.Text,
            dataTable = step.Table is { } table ? new { location = At(table.Rows[0].Line), rows = table.Rows.Select(row => Row(uri, row)) } : null,
            docString = step.DocString is { } doc ? new { location = At(step.Line + 1), content = doc.Content, mediaType = doc.MediaType, delimiter = "\"\"\"" } : null,
        })];

    private static object Row(string uri, TableRow row) => new { id = Id(uri, row.Line), location = At(row.Line), cells = row.Cells.Select(cell => new { location = At(row.Line), value = cell }) };

    private static object[] Tags(string uri, IEnumerable<string> tags, int line) => [.. tags.Select(tag => new { id = $"{uri}:{tag}", location = At(line - 1), name = tag })];

    private static object At(int line) => new { line };

    private static string Id(string uri, int line) => $"{uri}:{line}";
}
