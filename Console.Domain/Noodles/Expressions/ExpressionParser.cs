using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>
/// Cucumber's grammar of expressions, one method a rule:
/// expression := (alternation | optional | parameter | text)*;
/// alternation := alternative ('/' alternative)+ between white space, a parameter, or the ends;
/// optional := '(' (optional | parameter | text)* ')'; parameter := '{' name '}'.
/// </summary>
internal sealed class ExpressionParser
{
    private const int LongestExpression = 1_000;

    private readonly string _expression;
    private readonly List<ExpressionToken> _tokens;

    private ExpressionParser(string expression)
    {
        _expression = expression;
        _tokens = ExpressionTokenizer.Cut(expression);
    }

    private delegate (int Consumed, ImmutableArray<ExpressionNode> Nodes) Rule(int at);

    public static ExpressionNode Parse(string expression)
    {
        if (expression.Length > LongestExpression)
        {
            throw ExpressionTokenizer.Fault(expression, LongestExpression, $"It is longer than {LongestExpression} characters.", "Write a shorter sentence.");
        }

        var parser = new ExpressionParser(expression);
        return parser.Between(NodeKind.Whole, TokenKind.Start, TokenKind.End, [parser.Alternation, parser.Optional, parser.Parameter, parser.Text])(0).Nodes[0];
    }

    private (int, ImmutableArray<ExpressionNode>) Text(int at)
    {
        var token = _tokens[at];
        return token.Kind switch
        {
            TokenKind.Space or TokenKind.Text or TokenKind.ParameterEnd or TokenKind.OptionalEnd => (1, [new(NodeKind.Text, token.Text, [], token.Start, token.End)]),
            TokenKind.Slash => throw ExpressionTokenizer.Fault(_expression, token.Start, "There is an alternation inside an optional.", "Escape the slash with \\/, or write the alternatives outside."),
            _ => (0, []),
        };
    }

    private (int, ImmutableArray<ExpressionNode>) Name(int at)
    {
        var token = _tokens[at];
        return token.Kind switch
        {
            TokenKind.Space or TokenKind.Text => (1, [new(NodeKind.Text, token.Text, [], token.Start, token.End)]),
            TokenKind.Start or TokenKind.End => (0, []),
            _ => throw ExpressionTokenizer.Fault(_expression, token.Start, $"The name of a parameter holds '{token.Text}'.", "Names hold none of { } ( ) \\ /; write \\{ for a bracket that is text."),
        };
    }

    private (int, ImmutableArray<ExpressionNode>) Parameter(int at) => Between(NodeKind.Parameter, TokenKind.ParameterBegin, TokenKind.ParameterEnd, [Name])(at);

    private (int, ImmutableArray<ExpressionNode>) Optional(int at) => Between(NodeKind.Optional, TokenKind.OptionalBegin, TokenKind.OptionalEnd, [Optional, Parameter, Text])(at);

    private (int, ImmutableArray<ExpressionNode>) Separator(int at) =>
        _tokens[at].Kind == TokenKind.Slash ? (1, [new(NodeKind.Separator, "/", [], _tokens[at].Start, _tokens[at].End)]) : (0, []);

    private (int, ImmutableArray<ExpressionNode>) Alternation(int at)
    {
        if (at == 0 || _tokens[at - 1].Kind is not (TokenKind.Start or TokenKind.Space or TokenKind.ParameterEnd))
        {
            return (0, []);
        }

        var (consumed, nodes) = Until(at, [Separator, Optional, Parameter, Text], TokenKind.Space, TokenKind.End, TokenKind.ParameterBegin);
        if (nodes.All(node => node.Kind != NodeKind.Separator))
        {
            return (0, []);
        }

        var (start, end) = (_tokens[at].Start, _tokens[at + consumed].Start);
        return (consumed, [new(NodeKind.Alternation, "", Split(nodes, start, end), start, end)]);
    }

    private static ImmutableArray<ExpressionNode> Split(ImmutableArray<ExpressionNode> nodes, int start, int end)
    {
        var made = ImmutableArray.CreateBuilder<ExpressionNode>();
        var parts = ImmutableArray.CreateBuilder<ExpressionNode>();
        var from = start;
        foreach (var node in nodes)
        {
            if (node.Kind == NodeKind.Separator)
            {
                made.Add(new(NodeKind.Alternative, "", parts.ToImmutable(), from, node.Start));
                parts.Clear();
                from = node.End;
            }
            else
            {
                parts.Add(node);
            }
        }

        made.Add(new(NodeKind.Alternative, "", parts.ToImmutable(), from, end));
        return made.ToImmutable();
    }

    private Rule Between(NodeKind kind, TokenKind begin, TokenKind end, Rule[] rules) =>
        at =>
        {
            if (_tokens[at].Kind != begin)
            {
                return (0, []);
            }

            var (consumed, nodes) = Until(at + 1, rules, end, TokenKind.End);
            var close = _tokens[at + 1 + consumed];
            return close.Kind == end
                ? (consumed + 2, [new(kind, "", nodes, _tokens[at].Start, close.End)])
                : throw ExpressionTokenizer.Fault(_expression, _tokens[at].Start, $"The '{_tokens[at].Text}' is never closed.", $"Close it, or write \\{_tokens[at].Text} where it is text.");
        };

    private (int Consumed, ImmutableArray<ExpressionNode> Nodes) Until(int at, Rule[] rules, params TokenKind[] ends)
    {
        var nodes = ImmutableArray.CreateBuilder<ExpressionNode>();
        var now = at;
        while (now < _tokens.Count && !ends.Contains(_tokens[now].Kind))
        {
            var consumed = 0;
            foreach (var rule in rules)
            {
                (consumed, var found) = rule(now);
                if (consumed > 0)
                {
                    nodes.AddRange(found);
                    break;
                }
            }

            if (consumed == 0)
            {
                throw ExpressionTokenizer.Fault(_expression, _tokens[now].Start, $"'{_tokens[now].Text}' cannot stand here.", "Escape it with a backslash where it is text.");
            }

            now += consumed;
        }

        return (now - at, nodes.ToImmutable());
    }
}
