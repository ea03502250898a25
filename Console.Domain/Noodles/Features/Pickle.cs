using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>One scenario to run: outlines are filled in, backgrounds put before.</summary>
/// <param name="Uri">The file's name.</param>
/// <param name="Feature">Name of the feature; <paramref name="Name"/> is the scenario's.</param>
/// <param name="Line">Of the scenario.</param>
/// <param name="Row">Line of the row of examples; 0 where there is none.</param>
/// <param name="Tags">Of feature, rule, scenario and examples, in this order.</param>
public sealed record Pickle(string Uri, string Language, string Feature, string Name, int Line, int Row, ImmutableArray<string> Tags, ImmutableArray<PickleStep> Steps)
{
    /// <summary>Name of the rule it stands under; empty where there is none.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The same wherever and whenever it is run, as long as the file is: <c>file:line</c> or <c>file:line:row</c>.</summary>
    public string Id => Row == 0 ? $"{Uri}:{Line}" : $"{Uri}:{Line}:{Row}";

    /// <summary>Whether a line of the file is one of its own.</summary>
    public bool StandsAt(int line) => line == Line || line == Row || Steps.Any(step => step.Line == line && !step.OfBackground);
}

/// <param name="Kind">Never Conjunction.</param>
/// <param name="Keyword">As written, with the space after it.</param>
/// <param name="OfBackground">Whether it was put before.</param>
public sealed record PickleStep(string Text, StepKind Kind, string Keyword, int Line, bool OfBackground)
{
    public DataTable? Table { get; init; }

    public DocString? DocString { get; init; }
}
