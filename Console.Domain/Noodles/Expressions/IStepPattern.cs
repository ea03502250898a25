using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>What a step's text is compared with.</summary>
public interface IStepPattern
{
    /// <summary>As its owner wrote it.</summary>
    string Source { get; }

    /// <summary>The regular expression it stands for, as Cucumber would print it.</summary>
    string Regex { get; }

    /// <summary>Null where the text does not match.</summary>
    ImmutableArray<Argument>? Match(string text);
}
