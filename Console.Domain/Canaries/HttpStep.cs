using System.Collections.Immutable;

namespace OpsConsole.Domain.Canaries;

/// <summary>
/// One request and what a customer must get. In path, header values and bodies <c>{run}</c> stands for the run's id, <c>{post}</c> for canary and place, <c>{region}</c>, <c>{vantage}</c> and
/// <c>{canary}</c> for themselves; a body of <c>{bytes:N}</c> is N bytes that are the same in all steps of a run and others in every run.
/// </summary>
/// <param name="Name">Unique in its canary; the <c>operation</c> of the step's metric.</param>
/// <param name="Path">Begins with <c>/</c>; may have a query.</param>
public sealed record HttpStep(string Name, string Method, string Path)
{
    public ImmutableArray<NamedValue> Headers { get; init; } = [];

    public string? Body { get; init; }

    public StepExpectation Expect { get; init; } = new();
}

/// <summary>A header's name and value.</summary>
public sealed record NamedValue(string Name, string Value);

/// <summary>What an answer must be. All of it must hold.</summary>
public sealed record StepExpectation
{
    /// <summary>Any of these is right; empty for 200 to 299.</summary>
    public ImmutableArray<int> Status { get; init; } = [];

    /// <summary>Headers the answer must have with exactly these values.</summary>
    public ImmutableArray<NamedValue> Headers { get; init; } = [];

    /// <summary>The whole body; may be <c>{bytes:N}</c>. Null where any will do.</summary>
    public string? Body { get; init; }

    /// <summary>Text that must be in the body; null where any will do.</summary>
    public string? Contains { get; init; }
}
