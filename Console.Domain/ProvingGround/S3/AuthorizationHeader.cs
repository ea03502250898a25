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

        var parts = text.AsSpan(SignatureV4.Algorithm.Length + 1);
        if (Part(parts, "Credential=") is not { } credential || Part(parts, "SignedHeaders=") is not { } signed || Part(parts, "Signature=") is not { } signature)
        {
            return null;
        }

        var scope = credential.Split('/');
        return scope.Length == 5 && scope[1].Length == 8 && scope[3] == "s3" && scope[4] == "aws4_request"
            ? new AuthorizationHeader(scope[0], credential[(scope[0].Length + 1)..], [.. signed.Split(';', StringSplitOptions.RemoveEmptyEntries)], signature)
            : null;
    }

    /// <summary>The first part of that name; null where there is none.</summary>
    private static string? Part(ReadOnlySpan<char> parts, ReadOnlySpan<char> name)
    {
        foreach (var range in parts.Split(','))
        {
            if (parts[range].Trim() is var part && part.StartsWith(name, StringComparison.Ordinal))
            {
                return part[name.Length..].ToString();
            }
        }

        return null;
    }
}
