using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Alarms.Rules.Composites;

/// <summary>Reads a composite's rule. Throws <see cref="FormatException"/> with what is wrong.</summary>
internal sealed partial class CompositeReader(string text)
{
    private const int Deepest = 100;

    private readonly string[] _tokens = RuleTokens.Of(text, Token(), "it is empty; give at least one alarm, TRUE or FALSE");
    private readonly HashSet<string> _seen = [];
    private int _at;
    private int _depth;

    public List<string> Children { get; } = [];

    /// <summary>Alarms, constants and pairs of parentheses.</summary>
    public int Elements { get; private set; }

    private string Next => _at < _tokens.Length ? _tokens[_at] : "";

    public CompositeTerm All()
    {
        var all = Or();
        return _at == _tokens.Length ? all : throw new FormatException($"'{Next}' is not expected there");
    }

    private CompositeTerm Or()
    {
        var left = And();
        while (Is("OR"))
        {
            left = new JoinTerm(false, left, And());
        }

        return left;
    }

    private CompositeTerm And()
    {
        var left = Not();
        while (Is("AND"))
        {
            left = new JoinTerm(true, left, Not());
        }

        return left;
    }

    private CompositeTerm Not()
    {
        if (++_depth > Deepest)
        {
            throw new FormatException($"it is nested deeper than {Deepest} levels");
        }

        var term = Is("NOT") ? new NotTerm(Not()) : Element();
        _depth--;
        return term;
    }

    private CompositeTerm Element()
    {
        Elements++;
        if (Is("("))
        {
            var inside = Or();
            return Is(")") ? inside : throw Expected(")");
        }

        if (Is("TRUE"))
        {
            return new ConstantTerm(true);
        }

        if (Is("FALSE"))
        {
            return new ConstantTerm(false);
        }

        foreach (var state in Enum.GetValues<AlarmState>())
        {
            if (Is(state.Word()))
            {
                return Is("(") ? OfAlarm(state) : throw Expected("(");
            }
        }

        throw Expected("ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE, NOT or (");
    }

    private StateTerm OfAlarm(AlarmState state)
    {
        var name = Next.Trim('"');
        if (name.Length == 0 || name is "(" or ")")
        {
            throw Expected("an alarm's name");
        }

        _at++;
        if (_seen.Add(name))
        {
            Children.Add(name);
        }

        return Is(")") ? new(state, name) : throw Expected(")");
    }

    /// <summary>Words may be written in any case, as the world does.</summary>
    private bool Is(string word)
    {
        var there = string.Equals(Next, word, StringComparison.OrdinalIgnoreCase);
        _at += there ? 1 : 0;
        return there;
    }

    private FormatException Expected(string what) => new(Next.Length == 0 ? $"it ends where {what} is expected" : $"{what} is expected where '{Next}' stands");

    [GeneratedRegex("""\G(?:\s+|[()]|"[^"]+"|[A-Za-z0-9_.:/@-]+)""")]
    private static partial Regex Token();
}
