namespace OpsConsole.Domain.Noodles.Features;

/// <summary>What a line can be; names as Gherkin's own messages have them.</summary>
public enum LineKind
{
    EOF,
    Empty,
    Comment,
    TagLine,
    FeatureLine,
    RuleLine,
    BackgroundLine,
    ScenarioLine,
    ExamplesLine,
    StepLine,
    DocStringSeparator,
    TableRow,
    Language,
    Other,
}
