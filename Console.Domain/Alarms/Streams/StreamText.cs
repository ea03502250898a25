namespace OpsConsole.Domain.Alarms.Streams;

/// <summary>Reads the written form of a stream, and says what a stream's names may be.</summary>
public static class StreamText
{
    public const int LongestMetric = 64;
    public const int LongestValue = 100;

    /// <summary>What the names of all dimensions are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["service", "partition", "region", "az", "host", "operation", "canary", "vantage"];

    /// <summary>Null where it cannot be read; <paramref name="wrong"/> then says why.</summary>
    public static MetricStream? Parse(string text, out string? wrong)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var stream = new MetricStream((open < 0 ? text : text[..open]).Trim());
        wrong = null;
        if (open >= 0 && !text.TrimEnd().EndsWith('}'))
        {
            wrong = "the '{' is not closed by a '}' at the end";
            return null;
        }

        var inside = open < 0 ? "" : text.TrimEnd()[(open + 1)..^1];
        foreach (var pair in inside.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value] || With(stream, name, value) is not { } more)
            {
                wrong = $"'{Shown(pair)}' is not a dimension with a value; dimensions are: {string.Join(", ", Names)}";
                return null;
            }

            stream = more;
        }

        wrong = Wrong(stream);
        return wrong is null ? stream : null;
    }

    /// <summary>Why the stream cannot be one; null where it can.</summary>
    public static string? Wrong(MetricStream stream)
    {
        if (stream.Metric.Length is 0 or > LongestMetric || !stream.Metric.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return $"'{Shown(stream.Metric)}' is no metric's name: use 1 to {LongestMetric} lower-case letters, digits and '-'";
        }

        foreach (var (name, value) in stream.Dimensions())
        {
            if (value.Length is 0 or > LongestValue || value.Any(c => c is <= ' ' or ',' or '{' or '}' or '=' or '"' or >= (char)127))
            {
                return $"'{Shown(value)}' cannot be the value of {name}: use 1 to {LongestValue} printed characters without blanks , {{ }} = and quotes";
            }
        }

        return null;
    }

    private static MetricStream? With(MetricStream stream, string name, string value) =>
        name switch
        {
            "service" => stream with { Service = value },
            "partition" => stream with { Partition = value },
            "region" => stream with { Region = value },
            "az" => stream with { Az = value },
            "host" => stream with { Host = value },
            "operation" => stream with { Operation = value },
            "canary" => stream with { Canary = value },
            "vantage" => stream with { Vantage = value },
            _ => null,
        };

    private static string Shown(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
