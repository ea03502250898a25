using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Tags;

namespace OpsConsole.Domain.Noodles.Running;

/// <summary>Which scenarios; what is left empty selects all.</summary>
/// <param name="Tags">A tag expression.</param>
/// <param name="Name">Stands somewhere in the scenario's name; upper and lower case are the same.</param>
/// <param name="Features">Files, each by its name or the end of it, with <c>:line</c> where one scenario is meant.</param>
public sealed record NoodleSelection(string Tags = "", string Name = "", ImmutableArray<string> Features = default)
{
    /// <summary>Those picked; the fault says why nothing can be.</summary>
    public (ImmutableArray<Pickle> Pickles, string? Fault) Pick(IEnumerable<Pickle> all)
    {
        var (tags, fault) = TagExpression.Parse(Tags);
        if (tags is null)
        {
            return ([], fault);
        }

        var places = Features.IsDefaultOrEmpty ? [] : Features.Select(Place).ToArray();
        return ([.. all.Where(pickle => tags.Holds(pickle.Tags) && pickle.Name.Contains(Name, StringComparison.OrdinalIgnoreCase)
            && (places.Length == 0 || places.Any(place => Names(pickle.Uri, place.File) && (place.Line == 0 || pickle.StandsAt(place.Line)))))], null);
    }

    public override string ToString()
    {
        string?[] parts = [Tags.Length > 0 ? $"tags {Tags}" : null, Name.Length > 0 ? $"name '{Name}'" : null, Features.IsDefaultOrEmpty ? null : string.Join(", ", Features)];
        return parts.All(part => part is null) ? "all" : string.Join("; ", parts.Where(part => part is not null));
    }

    private static (string File, int Line) Place(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? (text[..colon], line) : (text, 0);
    }

    /// <summary>By whole parts of the path, the ending left out or not.</summary>
    private static bool Names(string uri, string file) =>
        $"/{uri}".EndsWith($"/{file}", StringComparison.Ordinal) || $"/{uri}".EndsWith($"/{file}.feature", StringComparison.Ordinal) || $"/{uri}".Contains($"/{file.TrimEnd('/')}/", StringComparison.Ordinal);
}
