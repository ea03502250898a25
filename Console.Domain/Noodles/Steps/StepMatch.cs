using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Expressions;

namespace OpsConsole.Domain.Noodles.Steps;

/// <summary>What a step's text means to a catalogue.</summary>
public abstract record StepMatch
{
    /// <param name="Index">Of the sentence, as the catalogue was given them.</param>
    public sealed record Found(int Index, StepSentence Sentence, ImmutableArray<Argument> Arguments) : StepMatch;

    /// <summary>Linked: these steps are run one after another.</summary>
    public sealed record Linked(StepLink Link, ImmutableArray<Found> Steps) : StepMatch;

    /// <summary>Nobody knows it.</summary>
    /// <param name="Why">Also where a link leads to nothing.</param>
    public sealed record Undefined(string Why) : StepMatch;

    /// <summary>More than one sentence matches.</summary>
    /// <param name="Why">Names each with its owner.</param>
    public sealed record Ambiguous(string Why, ImmutableArray<string> Owners) : StepMatch;
}
