using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>A rule's text in words and signs.</summary>
internal static class RuleTokens
{
    /// <param name="token">Matches one token or white space from where the last one ended.</param>
    /// <param name="whenEmpty">What is wrong where there is none.</param>
    /// <exception cref="FormatException">A character belongs to no token, or there is none.</exception>
    public static string[] Of(string text, Regex token, string whenEmpty)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var match = token.Match(text, at);
            if (!match.Success)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"it cannot be read from character {at + 1} on"));
            }

            at += match.Length;
            if (!string.IsNullOrWhiteSpace(match.Value))
            {
                tokens.Add(match.Value);
            }
        }

        return tokens.Count > 0 ? [.. tokens] : throw new FormatException(whenEmpty);
    }
}
