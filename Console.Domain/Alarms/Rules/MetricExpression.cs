using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>A formula over a rule's inputs. What has no value has none in the result either, unless <c>fill</c> gives it one; a division by zero has none.</summary>
public sealed partial class MetricExpression
{
    public const int Longest = 500;
    private const int Deepest = 40;

    private readonly Func<ReadOnlyMemory<double>, double> _value;

    private MetricExpression(Func<ReadOnlyMemory<double>, double> value, ImmutableArray<string> used) => (_value, Used) = (value, used);

    /// <summary>Ids of the inputs it names.</summary>
    public ImmutableArray<string> Used { get; }

    /// <summary>The value for the inputs' values, in the order of their ids; NaN stands for none.</summary>
    public double Of(ReadOnlyMemory<double> inputs) => _value(inputs) is var value && double.IsFinite(value) ? value : double.NaN;

    /// <summary>Null where it cannot be read; <paramref name="wrong"/> then says why.</summary>
    public static MetricExpression? Parse(string text, ImmutableArray<string> ids, out string? wrong)
    {
        wrong = null;
        try
        {
            var reader = new Reader(text.Length <= Longest ? text : throw new FormatException($"it has {text.Length} characters; at most {Longest} are read"), ids);
            return new(reader.All(), [.. reader.Used]);
        }
        catch (FormatException e)
        {
            wrong = e.Message;
            return null;
        }
    }

    private sealed class Reader(string text, ImmutableArray<string> ids)
    {
        private readonly string[] _tokens = RuleTokens.Of(text, Token(), "it is empty");
        private int _at;
        private int _depth;

        public HashSet<string> Used { get; } = [];

        private string Next => _at < _tokens.Length ? _tokens[_at] : "";

        public Func<ReadOnlyMemory<double>, double> All()
        {
            var all = Sum();
            return _at == _tokens.Length ? all : throw new FormatException($"'{Next}' is not expected there");
        }

        private Func<ReadOnlyMemory<double>, double> Sum()
        {
            if (++_depth > Deepest)
            {
                throw new FormatException($"it is nested deeper than {Deepest} levels");
            }

            var left = Product();
            while (Next is "+" or "-")
            {
                var (minus, first) = (_tokens[_at++] == "-", left);
                var second = Product();
                left = minus ? values => first(values) - second(values) : values => first(values) + second(values);
            }

            _depth--;
            return left;
        }

        private Func<ReadOnlyMemory<double>, double> Product()
        {
            var left = Value();
            while (Next is "*" or "/")
            {
                var (over, first) = (_tokens[_at++] == "/", left);
                var second = Value();
                left = over ? values => second(values) is var by && by == 0 ? double.NaN : first(values) / by : values => first(values) * second(values);
            }

            return left;
        }

        private Func<ReadOnlyMemory<double>, double> Value()
        {
            var token = Next;
            _at++;
            if (token == "-")
            {
                if (++_depth > Deepest)
                {
                    throw new FormatException($"it is nested deeper than {Deepest} levels");
                }

                var negated = Value();
                _depth--;
                return values => -negated(values);
            }

            if (token == "(")
            {
                var inside = Sum();
                Expect(")");
                return inside;
            }

            if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return _ => number;
            }

            if (token is "min" or "max" or "abs" or "fill")
            {
                return Function(token);
            }

            var index = ids.IndexOf(token);
            if (index < 0)
            {
                throw new FormatException(token.Length == 0 ? "it ends too early" : $"there is no input '{token}'; inputs are: {string.Join(", ", ids)}");
            }

            Used.Add(token);
            return values => values.Span[index];
        }

        private Func<ReadOnlyMemory<double>, double> Function(string name)
        {
            Expect("(");
            var first = Sum();
            if (name == "abs")
            {
                Expect(")");
                return values => Math.Abs(first(values));
            }

            Expect(",");
            var second = Sum();
            Expect(")");
            return name switch
            {
                "min" => values => Math.Min(first(values), second(values)),
                "max" => values => Math.Max(first(values), second(values)),
                _ => values => first(values) is var value && double.IsNaN(value) ? second(values) : value,
            };
        }

        private void Expect(string sign)
        {
            if (Next != sign)
            {
                throw new FormatException(Next.Length == 0 ? $"it ends where '{sign}' is expected" : $"'{sign}' is expected where '{Next}' stands");
            }

            _at++;
        }
    }

    [GeneratedRegex(@"\G(?:\s+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z][A-Za-z0-9]*|[-+*/(),])")]
    private static partial Regex Token();
}
