using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Steps;

/// <summary>A team's own sentence, linked to steps that exist: the team writes no code.</summary>
/// <param name="Sentence">A Cucumber expression.</param>
/// <param name="To">1 to 10 steps as they would stand in a feature; <c>{1}</c> is what stands at the sentence's first parameter, as written.</param>
/// <param name="Where">The file and line it stands in.</param>
public sealed record StepLink(string Sentence, ImmutableArray<string> To, string Owner, string Where)
{
    public const int MostSteps = 10;
}
