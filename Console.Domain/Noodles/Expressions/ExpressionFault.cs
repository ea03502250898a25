namespace OpsConsole.Domain.Noodles.Expressions;

public enum ExpressionFaultKind
{
    /// <summary>The sentence's own syntax: brackets, alternatives, escapes.</summary>
    Syntax,

    /// <summary>It names a parameter type that nobody defined.</summary>
    UndefinedParameterType,
}

/// <summary>Why a sentence cannot be used.</summary>
/// <param name="Column">Where, from 1.</param>
/// <param name="Do">What to write instead.</param>
public sealed record ExpressionFault(ExpressionFaultKind Kind, string Expression, int Column, string Why, string Do)
{
    /// <summary>The name of the type that is missing; null for faults of syntax.</summary>
    public string? Missing { get; init; }

    public override string ToString() => $"'{Expression}', column {Column}: {Why} {Do}";
}

/// <summary>Carries a fault out of the parser; never leaves this folder.</summary>
internal sealed class ExpressionFaultException(ExpressionFault fault) : Exception(fault.ToString())
{
    public ExpressionFault Fault { get; } = fault;
}
