using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace OpsConsole.Domain.Noodles.Expressions;

/// <summary>The parameter types that every Cucumber has.</summary>
internal static class BuiltInTypes
{
    private const string Float = @"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[E][+-]?\d+)?";

    private static readonly ImmutableArray<string> Int = [@"-?\d+", @"\d+"];

    public static readonly ImmutableArray<ParameterType> All =
    [
        Whole("int", text => int.Parse(text, CultureInfo.InvariantCulture)) with { ForRegexGroups = true },
        Real("float") with { ForRegexGroups = true },
        new("word", [@"[^\s]+"], texts => texts[0]),
        new("string", ["\"([^\"\\\\]*(\\\\.[^\"\\\\]*)*)\"|'([^'\\\\]*(\\\\.[^'\\\\]*)*)'"], Quoted) { ForRegexGroups = true },
        new("", [".*"], texts => texts[0]),
        Real("double"),
        new("bigdecimal", [Float], texts => decimal.Parse(texts[0]!, NumberStyles.Float, CultureInfo.InvariantCulture)),
        Whole("byte", text => sbyte.Parse(text, CultureInfo.InvariantCulture)),
        Whole("short", text => short.Parse(text, CultureInfo.InvariantCulture)),
        Whole("long", text => long.Parse(text, CultureInfo.InvariantCulture)),
        Whole("biginteger", text => BigInteger.Parse(text, CultureInfo.InvariantCulture)),
    ];

    private static ParameterType Whole(string name, Func<string, object> parse) => new(name, Int, texts => parse(texts[0]!));

    private static ParameterType Real(string name) => new(name, [Float], texts => double.Parse(texts[0]!, NumberStyles.Float, CultureInfo.InvariantCulture));

    /// <summary>One of the two kinds of quotes took part; a backslash before a quote goes.</summary>
    private static string Quoted(ImmutableArray<string?> texts) =>
        (texts.FirstOrDefault(text => text is not null) ?? "").Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal);
}
