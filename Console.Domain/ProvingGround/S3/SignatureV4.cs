using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>AWS signature version 4 for S3, as functions of text: used to check what customers send, and to sign what our own customers send.</summary>
public static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <param name="path">Decoded, with its leading slash.</param>
    /// <param name="headers">The signed ones, names in lower case.</param>
    public static string CanonicalRequest(string method, string path, IEnumerable<(string Name, string Value)> query, IReadOnlyCollection<(string Name, string Value)> headers, string payload)
    {
        var sortedQuery = query.Select(pair => (Name: UriEncoding.Encode(pair.Name), Value: UriEncoding.Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var sortedHeaders = headers.OrderBy(header => header.Name, StringComparer.Ordinal).ToArray();
        var text = new StringBuilder();
        text.Append(method).Append('\n').Append(UriEncoding.Encode(path, keepSlash: true)).Append('\n').AppendJoin('&', sortedQuery).Append('\n');
        foreach (var (name, value) in sortedHeaders)
        {
            text.Append(name).Append(':').Append(Trimmed(value)).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', sortedHeaders.Select(header => header.Name)).Append('\n').Append(payload).ToString();
    }

    /// <param name="at">As in <c>x-amz-date</c>: <c>20130524T000000Z</c>.</param>
    /// <param name="scope">As in the credential: <c>20130524/us-east-1/s3/aws4_request</c>.</param>
    public static string Sign(string secret, string at, string scope, string canonicalRequest) => SignText(secret, scope, $"{Algorithm}\n{at}\n{scope}\n{Sha256(canonicalRequest)}");

    /// <summary>One chunk of a streamed body, chained to the signature before it.</summary>
    public static string SignChunk(string secret, string at, string scope, string previous, ReadOnlySpan<byte> chunk) =>
        SignText(secret, scope, $"{Algorithm}-PAYLOAD\n{at}\n{scope}\n{previous}\n{EmptySha256}\n{Convert.ToHexStringLower(SHA256.HashData(chunk))}");

    /// <param name="trailers">The trailing headers, each <c>name:value</c> and a line feed.</param>
    public static string SignTrailer(string secret, string at, string scope, string previous, string trailers) =>
        SignText(secret, scope, $"{Algorithm}-TRAILER\n{at}\n{scope}\n{previous}\n{Sha256(trailers)}");

    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string SignText(string secret, string scope, string text)
    {
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Trimmed(string value)
    {
        var trimmed = value.Trim();
        return trimmed.Contains("  ", StringComparison.Ordinal) ? string.Join(' ', trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : trimmed;
    }
}
