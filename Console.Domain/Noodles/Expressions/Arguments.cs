using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Noodles.Expressions;

internal static class Arguments
{
    public static Argument Of(Match match, RegexGroup group, ParameterType? type)
    {
        var found = match.Groups[group.Number];
        if (type is null)
        {
            return new(found.Success ? found.Value : null, found.Success ? found.Index : -1, found.Success ? found.Value : null, null);
        }

        ImmutableArray<string?> texts = group.Inner.IsEmpty ? [found.Value] : [.. group.Inner.Select(inner => match.Groups[inner.Number] is { Success: true } one ? one.Value : null)];
        try
        {
            return new(found.Value, found.Index, type.Transform(texts), type.Name);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return new(found.Value, found.Index, null, type.Name) { Fault = $"'{found.Value}' is no {{{type.Name}}}: {e.Message}" };
        }
    }
}
