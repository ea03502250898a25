using System.Text.RegularExpressions;

namespace OpsConsole.Domain.Canaries.Runs;

/// <summary>What must not be kept of an exchange: values of headers and query parameters that let somebody in.</summary>
public static partial class Secrets
{
    public const string Removed = "[removed]";

    private static readonly string[] Names = ["authorization", "cookie", "token", "secret", "password", "signature", "credential", "api-key", "apikey", "access-key", "accesskeyid", "session"];

    public static bool IsSecret(string name) => Names.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static string Header(string name, string value) => IsSecret(name) ? Removed : value;

    /// <summary>A body of text, with the values of fields of such names removed: JSON, forms and XML.</summary>
    public static string Body(string text) => Field().Replace(text, match => match.Groups[1].Value + Removed);

    /// <summary>Path and query, with the values of secret parameters removed.</summary>
    public static string Target(string target)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? target
            : target[..(at + 1)] + string.Join('&', target[(at + 1)..].Split('&').Select(pair => pair.IndexOf('=', StringComparison.Ordinal) is var cut and > 0 && IsSecret(pair[..cut]) ? $"{pair[..cut]}={Removed}" : pair));
    }

    [GeneratedRegex("""((?:authorization|cookie|token|secret|password|signature|credential|api-?key|access-?key(?:id)?|session)[\w-]*["']?\s*[:=>]\s*["']?)[^"'&\s,}<]+""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Field();
}
