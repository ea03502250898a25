using System.Globalization;

namespace OpsConsole.Domain.Alarms.Judge.Analysis;

/// <summary>Reads a condition and works it out on the way, by precedence: or, and, comparison, sum, product, sign.</summary>
internal sealed class ConditionReader(ConditionToken[] tokens, object? measured)
{
    private const int Deepest = 64;

    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    private int _at;
    private int _depth;

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
            left = Condition.Operate(sign, left, Level(level + 1));
        }

        return left;
    }

    private object? Signed()
    {
        if (Take("!"))
        {
            return Deeper(Signed) is bool truth ? !truth : throw new ConditionException("! goes with a truth only");
        }

        if (Take("-"))
        {
            return Deeper(Signed) is double number ? -number : throw new ConditionException("- goes with a number only");
        }

        var value = Single();
        while (Take("["))
        {
            value = Condition.Item(value, Deeper(() => Level(0)));
            Expect("]");
        }

        return value;
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

            return Condition.Call(name, [.. given]);
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
