using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>What may stand at a parameter of a sentence, and what a step is given for it.</summary>
/// <param name="Name">As written between brackets; empty for the anonymous one.</param>
/// <param name="Regexes">Any of them; without named groups.</param>
/// <param name="Transform">From the texts of the groups that lie directly within (the whole text where there are none; null where a group took no part). May throw <see cref="FormatException"/> or <see cref="OverflowException"/>.</param>
public sealed record ParameterType(string Name, ImmutableArray<string> Regexes, Func<ImmutableArray<string?>, object?> Transform)
{
    /// <summary>Whether groups of regular-expression steps that read the same are given through it.</summary>
    public bool ForRegexGroups { get; init; }

    /// <summary>Who defined it; empty for the built-in ones.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Why it cannot be used; null where it can.</summary>
    internal string? Fault()
    {
        if (Name.Any(one => "{}()[]\\/$.|?*+".Contains(one, StringComparison.Ordinal)))
        {
            return $"The name '{Name}' holds one of {{ }} ( ) [ ] \\ / $ . | ? * +.";
        }

        if (Regexes.IsDefaultOrEmpty)
        {
            return $"{{{Name}}} has no regular expression.";
        }

        foreach (var regex in Regexes)
        {
            try
            {
                _ = new Regex(regex, RegexOptions.CultureInvariant, CucumberExpression.Patience);
            }
            catch (ArgumentException e)
            {
                return $"{{{Name}}}: {e.Message}";
            }

            if (GroupTree.Of(regex) is null)
            {
                return $"{{{Name}}}: the regular expression '{regex}' has a named group.";
            }
        }

        return null;
    }
}
