using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Alarms.Judge.Analysis;

internal enum ConditionTokenKind
{
    Number,
    Text,
    Name,
    Sign,
}

internal readonly record struct ConditionToken(ConditionTokenKind Kind, string Text)
{
    public bool Is(params ReadOnlySpan<string> signs) => Kind != ConditionTokenKind.Text && signs.Contains(Text);
}

/// <summary>A condition's text in words and signs.</summary>
internal static partial class ConditionTokens
{
    public static ConditionToken[] Of(string text)
    {
        var tokens = new List<ConditionToken>();
        for (var at = 0; at < text.Length;)
        {
            var match = Token().Match(text, at);
            if (!match.Success)
            {
                throw new ConditionException(string.Create(CultureInfo.InvariantCulture, $"it cannot be read from character {at + 1} on"));
            }

            at += match.Length;
            foreach (var kind in Enum.GetValues<ConditionTokenKind>())
            {
                if (match.Groups[kind.ToString()] is { Success: true } group)
                {
                    tokens.Add(new(kind, kind == ConditionTokenKind.Text ? group.Value[1..^1] : Spelled(group.Value)));
                }
            }
        }

        return [.. tokens];
    }

    private static string Spelled(string text) => text switch
    {
        "and" => "&&",
        "or" => "||",
        "not" => "!",
        _ => text,
    };

    [GeneratedRegex("""\G(?:\s+|(?<Number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<Text>"[^"]*"|'[^']*')|(?<Name>[A-Za-z_]\w*)|(?<Sign>==|!=|<=|>=|&&|\|\||[<>!+\-*/%()\[\],]))""")]
    private static partial Regex Token();
}
