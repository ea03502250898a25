using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

public enum FeatureFaultKind
{
    UnexpectedLine,
    UnexpectedEnd,
    CellCount,
    Language,
    TagWhitespace,
}

/// <summary>What a feature file says that it must not.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; 0 for the end of the file.</param>
/// <param name="Expected">What could have stood there, as Gherkin names it (<c>#StepLine</c>).</param>
public sealed record FeatureFault(FeatureFaultKind Kind, int Line, int Column, string Message, ImmutableArray<string> Expected)
{
    public override string ToString() => $"({Line}:{Column}): {Message}";
}
