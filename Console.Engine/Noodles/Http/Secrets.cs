using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OpsConsole.Engine.Noodles.Http;

/// <summary>Takes out of evidence what opens doors.</summary>
public sealed partial class Secrets(IEnumerable<string> words)
{
    public const string Removed = "(removed)";

    private static readonly ImmutableHashSet<string> Headers = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "X-Amz-Security-Token",
        "x-amz-server-side-encryption-customer-key", "x-amz-copy-source-server-side-encryption-customer-key");

    private readonly string[] _words = [.. words.Where(word => word.Length >= 6)];

    public string InHeader(string name, string value) =>
        !Headers.Contains(name) ? InText(value)
        : value.IndexOf("Signature=", StringComparison.Ordinal) is var at and >= 0 ? InText(value[..(at + 10)]) + Removed
        : Removed;

    public string InText(string text) => _words.Aggregate(Signed().Replace(text, $"$1{Removed}"), (cleaned, word) => cleaned.Replace(word, Removed, StringComparison.Ordinal));

    [GeneratedRegex(@"((?:X-Amz-Signature|X-Amz-Security-Token|Signature|access_token|token)=)[^&\s""<]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signed();
}
