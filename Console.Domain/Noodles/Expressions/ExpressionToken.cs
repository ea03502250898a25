namespace OpsConsole.Domain.Noodles.Expressions;

internal enum TokenKind
{
    Start,
    End,
    Space,
    OptionalBegin,
    OptionalEnd,
    ParameterBegin,
    ParameterEnd,
    Slash,
    Text,
}

/// <param name="Start">Index of its first character, from 0.</param>
/// <param name="End">Index after its last.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, string Text, int Start, int End);
