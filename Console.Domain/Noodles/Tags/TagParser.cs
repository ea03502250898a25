using System.Text;

namespace OpsConsole.Domain.Noodles.Tags;

/// <summary>or binds least, then and, then not; brackets bind most.</summary>
internal sealed class TagParser
{
    private const int Longest = 1_000;

    private readonly List<(string Text, int Column, bool Operand)> _tokens;
    private readonly string _text;
    private int _at;

    private TagParser(string text)
    {
        _text = text;
        _tokens = Cut(text);
    }

    public static (TagExpression? Expression, string? Fault) Parse(string text)
    {
        try
        {
            if (text.Length > Longest)
            {
                throw new FormatException($"The tag expression is longer than {Longest} characters; write a shorter one.");
            }

            var parser = new TagParser(text);
            if (parser._tokens.Count == 0)
            {
                return (TagExpression.Everything, null);
            }

            var found = parser.Or();
            return parser._at == parser._tokens.Count ? (found, null) : throw parser.Odd("and, or, or the end");
        }
        catch (FormatException e)
        {
            return (null, e.Message);
        }
    }

    private TagExpression Or()
    {
        var left = And();
        while (Take("or"))
        {
            left = new TagExpression.Either(left, And());
        }

        return left;
    }

    private TagExpression And()
    {
        var left = Not();
        while (Take("and"))
        {
            left = new TagExpression.Both(left, Not());
        }

        return left;
    }

    private TagExpression Not() => Take("not") ? new TagExpression.Not(Not()) : One();

    private TagExpression One()
    {
        if (Take("("))
        {
            var inner = Or();
            return Take(")") ? inner : throw Odd("a closing bracket");
        }

        return _at < _tokens.Count && _tokens[_at].Operand ? new TagExpression.Tag(_tokens[_at++].Text) : throw Odd("a tag");
    }

    private bool Take(string word)
    {
        if (_at < _tokens.Count && !_tokens[_at].Operand && _tokens[_at].Text == word)
        {
            _at++;
            return true;
        }

        return false;
    }

    private FormatException Odd(string wanted) =>
        _at < _tokens.Count
            ? new($"The tag expression '{_text}' has '{_tokens[_at].Text}' at column {_tokens[_at].Column}, where {wanted} should stand.")
            : new($"The tag expression '{_text}' ends where {wanted} should stand.");

    private static List<(string, int, bool)> Cut(string text)
    {
        var tokens = new List<(string, int, bool)>();
        var word = new StringBuilder();
        var (start, escaped) = (0, false);
        for (var at = 0; at <= text.Length; at++)
        {
            var one = at < text.Length ? text[at] : ' ';
            if (one == '\\' && at < text.Length)
            {
                // At the very end it means nothing, as in Cucumber.
                if (at + 1 == text.Length)
                {
                    continue;
                }

                if (!(text[at + 1] is '(' or ')' or '\\' || char.IsWhiteSpace(text[at + 1])))
                {
                    throw new FormatException($"The tag expression '{text}' has a backslash at column {at + 1} that stands before nothing it can escape: only ( ) \\ and white space.");
                }

                (start, escaped) = (word.Length == 0 ? at : start, true);
                word.Append(text[++at]);
                continue;
            }

            if (one is '(' or ')' || char.IsWhiteSpace(one))
            {
                if (word.Length > 0)
                {
                    var found = word.ToString();
                    tokens.Add((found, start + 1, escaped || found is not ("and" or "or" or "not")));
                    word.Clear();
                    escaped = false;
                }

                if (one is '(' or ')')
                {
                    tokens.Add((one.ToString(), at + 1, false));
                }

                continue;
            }

            start = word.Length == 0 ? at : start;
            word.Append(one);
        }

        return tokens;
    }
}
