using System.Text;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>Cuts a Cucumber expression into tokens; a backslash takes the meaning from the character after it.</summary>
internal static class ExpressionTokenizer
{
    public static List<ExpressionToken> Cut(string expression)
    {
        var tokens = new List<ExpressionToken> { new(TokenKind.Start, "", 0, 0) };
        var text = new StringBuilder();
        var (start, kind) = (0, TokenKind.Start);
        for (var at = 0; at < expression.Length; at++)
        {
            var (from, next) = (at, KindOf(expression[at]));
            if (expression[at] == '\\')
            {
                if (++at == expression.Length)
                {
                    throw Fault(expression, from, "A backslash stands at the end of the line, with nothing to take the meaning from.", "Write \\\\ for a backslash.");
                }

                if (KindOf(expression[at]) == TokenKind.Text && expression[at] != '\\')
                {
                    throw Fault(expression, at, $"A backslash stands before '{expression[at]}', which has no meaning to take.", "Only { } ( ) / \\ and white space can be escaped.");
                }

                next = TokenKind.Text;
            }

            if (next != kind || next is not (TokenKind.Text or TokenKind.Space))
            {
                Flush(from);
                (start, kind) = (from, next);
            }

            text.Append(expression[at]);
        }

        Flush(expression.Length);
        tokens.Add(new(TokenKind.End, "", expression.Length, expression.Length));
        return tokens;

        void Flush(int end)
        {
            if (text.Length > 0)
            {
                tokens.Add(new(kind, text.ToString(), start, end));
                text.Clear();
            }
        }
    }

    internal static ExpressionFaultException Fault(string expression, int index, string why, string @do) =>
        new(new(ExpressionFaultKind.Syntax, expression, index + 1, why, @do));

    private static TokenKind KindOf(char one) =>
        one switch
        {
            '(' => TokenKind.OptionalBegin,
            ')' => TokenKind.OptionalEnd,
            '{' => TokenKind.ParameterBegin,
            '}' => TokenKind.ParameterEnd,
            '/' => TokenKind.Slash,
            _ when char.IsWhiteSpace(one) => TokenKind.Space,
            _ => TokenKind.Text,
        };
}
