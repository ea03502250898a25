using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms.Rules.Composites;

/// <summary>
/// The rule of a composite alarm: <c>ALARM(x)</c>, <c>OK(x)</c>, <c>INSUFFICIENT_DATA(x)</c>, <c>TRUE</c>, <c>FALSE</c>, joined by <c>AND</c>, <c>OR</c>, <c>NOT</c>
/// and parentheses. NOT binds before AND, and AND before OR.
/// </summary>
public sealed class CompositeExpression
{
    public const int MostChildren = 100;
    public const int MostElements = 500;
    public const int Longest = 10_000;

    /// <summary>So many composites may name one alarm.</summary>
    public const int MostParents = 150;

    private readonly CompositeTerm _term;

    private CompositeExpression(CompositeTerm term, ImmutableArray<string> children) => (_term, Children) = (term, children);

    /// <summary>The alarms it names, each once, in the order they come.</summary>
    public ImmutableArray<string> Children { get; }

    /// <summary>Whether it holds; an alarm without a state has insufficient data.</summary>
    public bool Holds(Func<string, AlarmState?> stateOf) => _term.Holds(name => stateOf(name) ?? AlarmState.InsufficientData);

    /// <summary>
    /// Whether it holds whatever the alarms without data would say if they had some; null where that decides it. A gate asks this: no data is not good data.
    /// </summary>
    public bool? Surely(Func<string, AlarmState?> stateOf) => _term.Surely(name => stateOf(name) ?? AlarmState.InsufficientData);

    /// <summary>Null where it cannot be read; <paramref name="wrong"/> then says why.</summary>
    public static CompositeExpression? Parse(string text, out string? wrong)
    {
        try
        {
            wrong = null;
            var reader = new CompositeReader(text.Length <= Longest ? text : throw new FormatException($"it has {text.Length} characters; at most {Longest} are read"));
            var term = reader.All();
            wrong = reader.Children.Count > MostChildren ? $"it names {reader.Children.Count} alarms; at most {MostChildren} are watched"
                : reader.Elements > MostElements ? $"it has {reader.Elements} elements; at most {MostElements} are evaluated"
                : null;
            return wrong is null ? new(term, [.. reader.Children]) : null;
        }
        catch (FormatException e)
        {
            wrong = e.Message;
            return null;
        }
    }
}
