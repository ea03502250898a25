using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>What one file says. Lines and columns count from 1.</summary>
/// <param name="Uri">Its name.</param>
/// <param name="Feature">Null in an empty file.</param>
/// <param name="Comments">How many lines are comments.</param>
public sealed record FeatureFile(string Uri, Feature? Feature, int Comments)
{
    /// <summary>The whole file.</summary>
    public string Text { get; init; } = "";
}

public sealed record Feature(string Language, string Name, int Line, string Description, ImmutableArray<string> Tags, ImmutableArray<FeatureChild> Children);

/// <summary>One of the three.</summary>
public sealed record FeatureChild(Background? Background = null, ScenarioNode? Scenario = null, RuleNode? Rule = null);

public sealed record RuleNode(string Name, int Line, ImmutableArray<string> Tags, ImmutableArray<FeatureChild> Children);

public sealed record Background(string Name, int Line, ImmutableArray<StepNode> Steps);

/// <param name="Examples">Tables; the scenario is run once for each of their rows. Empty for a plain scenario.</param>
public sealed record ScenarioNode(string Name, int Line, ImmutableArray<string> Tags, ImmutableArray<StepNode> Steps, ImmutableArray<ExamplesNode> Examples);

/// <param name="Header">Empty where the table was left out.</param>
public sealed record ExamplesNode(string Name, int Line, ImmutableArray<string> Tags, ImmutableArray<string> Header, ImmutableArray<TableRow> Rows);

/// <param name="Keyword">With the space after it.</param>
public sealed record StepNode(string Keyword, StepKind Kind, string Text, int Line)
{
    public DataTable? Table { get; init; }

    public DocString? DocString { get; init; }
}

public sealed record TableRow(int Line, ImmutableArray<string> Cells);

public sealed record DataTable(ImmutableArray<TableRow> Rows);

/// <param name="MediaType">What stands after the opening quotes; null where nothing does.</param>
public sealed record DocString(string Content, string? MediaType);
