using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>A line, recognised.</summary>
/// <param name="Column">Of its first character that is no white space, from 1.</param>
/// <param name="Keyword">Empty where the kind has none.</param>
/// <param name="Text">What follows: a name, a step, a media type; the whole line for Other.</param>
internal sealed record Line(LineKind Kind, int Number, int Column, string Keyword, string Text)
{
    public ImmutableArray<(string Text, int Column)> Items { get; init; } = [];
}

/// <summary>Recognises lines of plain feature files.</summary>
internal partial class LineMatcher(Dialect dialect)
{
    /// <summary>The one in use; a <c># language:</c> line changes it.</summary>
    public Dialect Dialect { get; set; } = dialect;

    /// <summary>Null where the line is not of this kind.</summary>
    /// <param name="raw">Null past the end of the file.</param>
    public virtual Line? As(LineKind kind, string? raw, int number)
    {
        if (raw is null || kind == LineKind.EOF)
        {
            return raw is null && kind == LineKind.EOF ? new(kind, number, 0, "", "") : null;
        }

        var trimmed = raw.Trim();
        var column = raw.Length - raw.TrimStart().Length + 1;
        return kind switch
        {
            LineKind.Empty => trimmed.Length == 0 ? Plain("") : null,
            LineKind.Comment => trimmed.StartsWith('#') ? new(kind, number, 1, "", raw) : null,
            LineKind.Language => LanguageLine().Match(raw) is { Success: true } match ? Plain(match.Groups[1].Value) : null,
            LineKind.TagLine => trimmed.StartsWith('@') ? Plain(trimmed) with { Items = Tags(trimmed, column) } : null,
            LineKind.TableRow => trimmed.StartsWith('|') ? Plain("") with { Items = Cells(trimmed, column) } : null,
            LineKind.DocStringSeparator => trimmed.StartsWith("\"\"\"", StringComparison.Ordinal) || trimmed.StartsWith("```", StringComparison.Ordinal) ? new(kind, number, column, trimmed[..3], trimmed[3..].Trim()) : null,
            LineKind.StepLine => Dialect.Steps.FirstOrDefault(keyword => trimmed.StartsWith(keyword, StringComparison.Ordinal)) is { } step ? new(kind, number, column, step, trimmed[step.Length..].Trim()) : null,
            LineKind.Other => new(kind, number, column, "", raw),
            _ => Titled(kind) is { } title ? new(kind, number, column, title, trimmed[(title.Length + 1)..].Trim()) : null,
        };

        Line Plain(string text) => new(kind, number, column, "", text);

        string? Titled(LineKind wanted) =>
            Keywords(wanted).FirstOrDefault(keyword => trimmed.Length > keyword.Length && trimmed[keyword.Length] == ':' && trimmed.StartsWith(keyword, StringComparison.Ordinal));
    }

    protected IEnumerable<string> Keywords(LineKind kind) =>
        kind switch
        {
            LineKind.FeatureLine => Dialect.Feature,
            LineKind.RuleLine => Dialect.Rule,
            LineKind.BackgroundLine => Dialect.Background,
            LineKind.ScenarioLine => Dialect.Scenario.AddRange(Dialect.ScenarioOutline),
            LineKind.ExamplesLine => Dialect.Examples,
            _ => [],
        };

    /// <summary>Each with its column; what stands after white space and # is a comment.</summary>
    protected static ImmutableArray<(string, int)> Tags(string trimmed, int column)
    {
        var text = TagComment().Split(trimmed, 2)[0];
        var found = ImmutableArray.CreateBuilder<(string, int)>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0;)
        {
            var next = text.IndexOf('@', at + 1);
            var tag = text[at..(next < 0 ? text.Length : next)].Trim();
            if (tag.Length > 1)
            {
                found.Add((tag, column + at));
            }

            at = next;
        }

        return found.ToImmutable();
    }

    /// <summary>Cells between bars; \| \\ and \n are a bar, a backslash and a line feed.</summary>
    protected static ImmutableArray<(string, int)> Cells(string trimmed, int column)
    {
        var cells = ImmutableArray.CreateBuilder<(string, int)>();
        var cell = new System.Text.StringBuilder();
        var start = 1;
        for (var at = 1; at < trimmed.Length; at++)
        {
            switch (trimmed[at])
            {
                case '|':
                    cells.Add((CellEdges().Replace(cell.ToString(), ""), column + start));
                    cell.Clear();
                    start = at + 1;
                    break;
                case '\\' when at + 1 < trimmed.Length:
                    at++;
                    cell.Append(trimmed[at] switch { 'n' => "\n", '|' => "|", '\\' => "\\", var other => $"\\{other}" });
                    break;
                default:
                    cell.Append(trimmed[at]);
                    break;
            }
        }

        return cells.ToImmutable();
    }

    [GeneratedRegex(@"^\s*#\s*language\s*:\s*([a-zA-Z\-_]+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageLine();

    [GeneratedRegex(@"\s#", RegexOptions.CultureInvariant)]
    private static partial Regex TagComment();

    /// <summary>White space at both ends, but not line feeds, which were written on purpose.</summary>
    [GeneratedRegex(@"^[^\S\n]+|[^\S\n]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex CellEdges();
}
