namespace OpsConsole.Domain.Canaries.Runs;

/// <summary>What must not be kept of an exchange: values of headers and query parameters that let somebody in.</summary>
public static class Secrets
{
    public const string Removed = "[removed]";

    private static readonly string[] Names = ["authorization", "cookie", "token", "secret", "password", "signature", "credential", "api-key", "apikey", "access-key", "accesskeyid", "session"];

    public static bool IsSecret(string name) => Names.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static string Header(string name, string value) => IsSecret(name) ? Removed : value;

    /// <summary>Path and query, with the values of secret parameters removed.</summary>
    public static string Target(string target)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? target
            : target[..(at + 1)] + string.Join('&', target[(at + 1)..].Split('&').Select(pair => pair.IndexOf('=', StringComparison.Ordinal) is var cut and > 0 && IsSecret(pair[..cut]) ? $"{pair[..cut]}={Removed}" : pair));
    }
}
