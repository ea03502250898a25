using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>A step given as a regular expression: each outermost group is an argument. It matches anywhere in the text unless it is anchored.</summary>
public sealed class RegularStep : IStepPattern
{
    private readonly Regex _regex;
    private readonly ImmutableArray<(RegexGroup Group, ParameterType? Type)> _groups;

    private RegularStep(string source, Regex regex, ImmutableArray<(RegexGroup, ParameterType?)> groups) => (Source, _regex, _groups) = (source, regex, groups);

    public string Source { get; }

    public string Regex => Source;

    /// <summary>One of the two.</summary>
    public static (RegularStep? Step, string? Fault) Parse(string source, ParameterTypes types)
    {
        try
        {
            var regex = new Regex(source, RegexOptions.CultureInvariant, CucumberExpression.Patience);
            return GroupTree.Of(source) is { } groups
                ? (new(source, regex, [.. groups.Select(group => (group, types.ForGroup(group.Source)))]), null)
                : (null, $"The regular expression '{source}' has a named group; write a plain one.");
        }
        catch (ArgumentException e)
        {
            return (null, $"The regular expression '{source}' cannot be read: {e.Message}");
        }
    }

    public ImmutableArray<Argument>? Match(string text) =>
        _regex.Match(text) is { Success: true } match ? [.. _groups.Select(one => Arguments.Of(match, one.Group, one.Type))] : null;
}
