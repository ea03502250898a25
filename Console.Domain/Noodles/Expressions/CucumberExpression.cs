using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>A sentence such as <c>the list has {int} key(s)</c>.</summary>
public sealed class CucumberExpression : IStepPattern
{
    /// <summary>A pattern that takes longer over one step is broken: the match fails with <see cref="RegexMatchTimeoutException"/>.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;
    private readonly ImmutableArray<ParameterType> _parameters;
    private readonly ImmutableArray<RegexGroup> _groups;

    private CucumberExpression(string source, string regex, ImmutableArray<ParameterType> parameters)
    {
        (Source, Regex, _parameters) = (source, regex, parameters);
        // The engine's own $ would also match before a last line feed.
        _regex = new Regex(regex[..^1] + @"\z", RegexOptions.CultureInvariant, Patience);
        _groups = GroupTree.Of(regex) ?? throw new InvalidOperationException("Parameter types are checked for named groups when they are defined.");
    }

    public string Source { get; }

    public string Regex { get; }

    /// <summary>Names of its parameters' types, in order.</summary>
    public ImmutableArray<string> Parameters => [.. _parameters.Select(type => type.Name)];

    /// <summary>One of the two.</summary>
    public static (CucumberExpression? Expression, ExpressionFault? Fault) Parse(string source, ParameterTypes types)
    {
        try
        {
            var writer = new ExpressionRegex(source, types);
            var regex = writer.Write(ExpressionParser.Parse(source));
            return (new(source, regex, writer.Parameters), null);
        }
        catch (ExpressionFaultException e)
        {
            return (null, e.Fault);
        }
    }

    public ImmutableArray<Argument>? Match(string text) =>
        _regex.Match(text) is { Success: true } match ? [.. _groups.Zip(_parameters, (group, type) => Arguments.Of(match, group, type))] : null;
}
