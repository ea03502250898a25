using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>The parts of <c>AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>.</summary>
/// <param name="Scope"><c>date/region/s3/aws4_request</c>.</param>
public sealed record AuthorizationHeader(string KeyId, string Scope, ImmutableArray<string> SignedHeaders, string Signature)
{
    public string Date => Scope[..8];

    /// <summary>Null where the text has not this form.</summary>
    public static AuthorizationHeader? Parse(string text)
    {
        if (!text.StartsWith(SignatureV4.Algorithm + " ", StringComparison.Ordinal) || text.Length > 4_096)
        {
            return null;
        }

        var parts = text[(SignatureV4.Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .DistinctBy(part => part[0])
            .ToDictionary(part => part[0], part => part[1]);
        if (!parts.TryGetValue("Credential", out var credential) || !parts.TryGetValue("SignedHeaders", out var signed) || !parts.TryGetValue("Signature", out var signature))
        {
            return null;
        }

        var scope = credential.Split('/');
        return scope.Length == 5 && scope[1].Length == 8 && scope[3] == "s3" && scope[4] == "aws4_request"
            ? new AuthorizationHeader(scope[0], string.Join('/', scope[1..]), [.. signed.Split(';', StringSplitOptions.RemoveEmptyEntries)], signature)
            : null;
    }
}
