using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>Gherkin within Markdown: keywords are headings, steps are items of lists, tags stand in back quotes, tables are indented; all else is prose.</summary>
internal sealed partial class MarkdownMatcher(Dialect dialect) : LineMatcher(dialect)
{
    private bool _featureSeen;

    public override Line? As(LineKind kind, string? raw, int number)
    {
        if (raw is null)
        {
            return base.As(kind, raw, number);
        }

        var trimmed = raw.Trim();
        var column = raw.Length - raw.TrimStart().Length + 1;
        switch (kind)
        {
            case LineKind.Comment or LineKind.Language:
                return null;
            case LineKind.Empty:
                // Prose is passed over wherever it stands.
                return trimmed.Length == 0 || !Says(raw, number) ? new(kind, number, column, "", "") : null;
            case LineKind.Other:
                return base.As(kind, raw, number);
            case LineKind.TagLine:
                var tags = TagInQuotes().Matches(raw);
                return tags.Count == 0 ? null : new(kind, number, column, "", trimmed) { Items = [.. tags.Select(tag => (tag.Groups[1].Value, tag.Index + 2))] };
            case LineKind.TableRow:
                return TableIndent().IsMatch(raw) && !Ruler().IsMatch(trimmed) ? base.As(kind, raw, number) : null;
            case LineKind.DocStringSeparator:
                // A fence of more back quotes may hold one of fewer.
                var fence = Fence().Match(trimmed).Value;
                return fence.Length == 0 ? null : new(kind, number, column, fence, trimmed[fence.Length..].Trim());
            case LineKind.StepLine:
                return Bullet().Match(raw) is { Success: true } bullet && base.As(kind, raw[bullet.Length..], number) is { } step && step.Keyword != "* " ? step with { Column = bullet.Length + 1 } : null;
            case LineKind.FeatureLine when !_featureSeen:
                // The first line is the feature's, with or without a keyword.
                _featureSeen = number > 0 && trimmed.Length > 0;
                return trimmed.Length == 0 ? null : Heading(kind, raw, number) ?? new(kind, number, column, "", trimmed);
            default:
                return Heading(kind, raw, number);
        }
    }

    private Line? Heading(LineKind kind, string raw, int number) =>
        HeadingStart().Match(raw) is { Success: true } hashes && base.As(kind, raw[hashes.Length..], number) is { } line ? line with { Column = hashes.Length + 1 } : null;

    private bool Says(string raw, int number) =>
        new[] { LineKind.TagLine, LineKind.TableRow, LineKind.DocStringSeparator, LineKind.StepLine, LineKind.RuleLine, LineKind.BackgroundLine, LineKind.ScenarioLine, LineKind.ExamplesLine }.Any(kind => As(kind, raw, number) is not null)
        || Heading(LineKind.FeatureLine, raw, number) is not null;

    [GeneratedRegex(@"`(@[^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex TagInQuotes();

    [GeneratedRegex("^`{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s{2,5}\|", RegexOptions.CultureInvariant)]
    private static partial Regex TableIndent();

    /// <summary>The line below a table's head.</summary>
    [GeneratedRegex(@"^\|(\s*:?-+:?\s*\|)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Ruler();

    [GeneratedRegex(@"^\s*[*+-]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\s*#{1,6}\s", RegexOptions.CultureInvariant)]
    private static partial Regex HeadingStart();
}
