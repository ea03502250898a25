using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Expressions;

internal enum NodeKind
{
    Text,
    Optional,
    Alternation,

    /// <summary>One of an alternation's.</summary>
    Alternative,

    /// <summary>The slash between two; only while parsing.</summary>
    Separator,
    Parameter,
    Whole,
}

/// <param name="Start">Index of its first character in the expression, from 0.</param>
internal sealed record ExpressionNode(NodeKind Kind, string Text, ImmutableArray<ExpressionNode> Parts, int Start, int End)
{
    /// <summary>All text under it.</summary>
    public string Flat => Parts.IsDefaultOrEmpty ? Text : string.Concat(Parts.Select(part => part.Flat));
}
