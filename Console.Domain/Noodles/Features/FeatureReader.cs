using System.Collections.Immutable;

namespace OpsConsole.Domain.Noodles.Features;

/// <summary>Reads feature files: line by line, by the table of <see cref="Grammar"/>.</summary>
public sealed class FeatureReader(IReadOnlyDictionary<string, Dialect> dialects)
{
    /// <summary>Of one file, bytes as UTF-16 characters.</summary>
    public const int LongestFile = 1_000_000;

    private const int MostFaults = 10;

    /// <summary>The file, or what is wrong with it (the first ten faults).</summary>
    /// <param name="uri">Its name; <c>.feature.md</c> is read as Markdown.</param>
    public (FeatureFile? File, ImmutableArray<FeatureFault> Faults) Read(string uri, string text, string language = "en")
    {
        var reading = new Reading(dialects, uri.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? new MarkdownMatcher(dialects[language]) : new LineMatcher(dialects[language]));
        if (text.Length > LongestFile)
        {
            return (null, [new(FeatureFaultKind.UnexpectedLine, 1, 1, $"the file is longer than {LongestFile} characters", [])]);
        }

        reading.Run(Lines(text), MostFaults);
        return reading.Faults.Count == 0 ? (new(uri, reading.Builder.Done(), reading.Comments) { Text = text }, []) : (null, [.. reading.Faults]);
    }

    /// <summary>How many lines of each kind; null where the file has faults. For comparing with other readers.</summary>
    public ImmutableSortedDictionary<string, int>? Count(string uri, string text)
    {
        var reading = new Reading(dialects, uri.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? new MarkdownMatcher(dialects["en"]) : new LineMatcher(dialects["en"]));
        reading.Run(Lines(text), MostFaults);
        return reading.Faults.Count == 0 ? reading.Seen.ToImmutableSortedDictionary(pair => pair.Key.ToString(), pair => pair.Value) : null;
    }

    private static string[] Lines(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToArray();
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
