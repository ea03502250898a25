using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Alarms;

/// <summary>A gate whose numbers come from outside.</summary>
/// <param name="Source">Name of the source, as the data folder's file of sources has it.</param>
/// <param name="Query">In the source's language, with places to fill: <c>{{service}}</c>, <c>{{partition}}</c>, <c>{{region}}</c>, <c>{{az}}</c>. The AZs at work
/// stand there as a regular expression, <c>a|b</c>.</param>
public sealed record GateQuery(string Source, string Query)
{
    public const string Metric = "query";

    /// <summary>The source that is no Prometheus: scenarios are run, and how many failed is the number.</summary>
    public const string Noodles = "noodles";

    public const int Longest = 2_000;

    public static IReadOnlyList<string> Places { get; } = ["{{service}}", "{{partition}}", "{{region}}", "{{az}}"];

    /// <summary>The query for a place. What is filled in is escaped as it stands within quotes: a name cannot become part of the query.</summary>
    public string For(GatePlace place) =>
        new StringBuilder(Query)
            .Replace("{{service}}", Quoted(place.Service))
            .Replace("{{partition}}", Quoted(place.Partition))
            .Replace("{{region}}", Quoted(place.Region))
            .Replace("{{az}}", Quoted(string.Join('|', place.Azs.Order(StringComparer.Ordinal).Select(Regex.Escape))))
            .ToString();

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
