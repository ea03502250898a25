using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>Percent-encoding as signature v4 wants it: everything but A–Z a–z 0–9 - . _ ~ is encoded, in upper-case hex.</summary>
public static class UriEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<char> Plain = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> PlainAndSlash = SearchValues.Create(Unreserved + "/");

    public static string Encode(string text, bool keepSlash = false)
    {
        if (!text.AsSpan().ContainsAnyExcept(keepSlash ? PlainAndSlash : Plain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            var letter = (char)one;
            if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~' || (keepSlash && letter == '/'))
            {
                encoded.Append(letter);
            }
            else
            {
                encoded.Append('%').Append(one.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Name and value of each parameter, decoded, in the order they came.</summary>
    public static IEnumerable<(string Name, string Value)> Query(string raw) =>
        raw.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            return at < 0 ? (Uri.UnescapeDataString(pair), "") : (Uri.UnescapeDataString(pair[..at]), Uri.UnescapeDataString(pair[(at + 1)..]));
        });
}
