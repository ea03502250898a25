using System.Globalization;

namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>Reads a condition and works it out on the way, by precedence: or, and, comparison, sum, product, sign.</summary>
internal sealed class ConditionReader(ConditionToken[] tokens, object? measured)
{
    private const int Deepest = 64;

    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    private int _at;
    private int _depth;

    /// <summary>Above 0 in what is not worked out, because the left side has decided: <c>v != nil &amp;&amp; v[0] > 1</c>.</summary>
    private int _skipped;

    public object? Read()
    {
        var value = Level(0);
        return _at == tokens.Length ? value : throw new ConditionException($"'{tokens[_at].Text}' was not expected");
    }

    private object? Level(int level)
    {
        if (level == Levels.Length)
        {
            return Signed();
        }

        var left = Level(level + 1);
        while (_at < tokens.Length && tokens[_at].Is(Levels[level]))
        {
            var sign = tokens[_at++].Text;
            var decided = (sign == "||" && left is true) || (sign == "&&" && left is false);
            _skipped += decided ? 1 : 0;
            var right = Level(level + 1);
            _skipped -= decided ? 1 : 0;
            left = decided ? left : Work(() => Condition.Operate(sign, left, right));
        }

        return left;
    }

    private object? Signed()
    {
        if (Take("!"))
        {
            var value = Deeper(Signed);
            return Work(() => value is bool truth ? !truth : throw new ConditionException("! goes with a truth only"));
        }

        if (Take("-"))
        {
            var value = Deeper(Signed);
            return Work(() => value is double number ? -number : throw new ConditionException("- goes with a number only"));
        }

        var single = Single();
        while (Take("["))
        {
            var (list, index) = (single, Deeper(() => Level(0)));
            single = Work(() => Condition.Item(list, index));
            Expect("]");
        }

        return single;
    }

    private object? Single()
    {
        if (_at == tokens.Length)
        {
            throw new ConditionException("it ends too early");
        }

        if (Take("("))
        {
            var value = Deeper(() => Level(0));
            Expect(")");
            return value;
        }

        var token = tokens[_at++];
        return token.Kind switch
        {
            ConditionTokenKind.Number => double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
            ConditionTokenKind.Text => token.Text,
            ConditionTokenKind.Name => Named(token.Text),
            _ => throw new ConditionException($"'{token.Text}' was not expected"),
        };
    }

    private object? Named(string name)
    {
        if (Take("("))
        {
            var given = new List<object?>();
            while (!Take(")"))
            {
                given.Add(Deeper(() => Level(0)));
                if (_at >= tokens.Length || !tokens[_at].Is(")"))
                {
                    Expect(",");
                }
            }

            return Work(() => Condition.Call(name, [.. given]));
        }

        return name switch
        {
            "v" or "result" => measured,
            "true" => true,
            "false" => false,
            "nil" => null,
            _ => throw new ConditionException($"the name '{name}' is not known"),
        };
    }

    private object? Deeper(Func<object?> read)
    {
        if (++_depth > Deepest)
        {
            throw new ConditionException("it is nested too deeply");
        }

        var value = read();
        _depth--;
        return value;
    }

    private object? Work(Func<object?> work) => _skipped > 0 ? null : work();

    private bool Take(string sign)
    {
        if (_at >= tokens.Length || !tokens[_at].Is(sign))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw new ConditionException($"a '{sign}' is missing");
        }
    }
}
