using System.Buffers;
using System.Runtime.InteropServices;
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
        var sortedHeaders = headers.ToArray();
        Array.Sort(sortedHeaders, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        var text = new StringBuilder(512);
        text.Append(method).Append('\n').Append(UriEncoding.Encode(path, keepSlash: true)).Append('\n');
        AppendQuery(text, query);
        text.Append('\n');
        foreach (var (name, value) in sortedHeaders)
        {
            text.Append(name).Append(':').Append(Trimmed(value)).Append('\n');
        }

        text.Append('\n');
        for (var i = 0; i < sortedHeaders.Length; i++)
        {
            text.Append(i == 0 ? "" : ";").Append(sortedHeaders[i].Name);
        }

        return text.Append('\n').Append(payload).ToString();
    }

    private static void AppendQuery(StringBuilder text, IEnumerable<(string Name, string Value)> query)
    {
        var sorted = query.Select(pair => (Name: UriEncoding.Encode(pair.Name), Value: UriEncoding.Encode(pair.Value))).ToArray();
        Array.Sort(sorted, static (one, other) => string.CompareOrdinal(one.Name, other.Name) is var order and not 0 ? order : string.CompareOrdinal(one.Value, other.Value));
        for (var i = 0; i < sorted.Length; i++)
        {
            text.Append(i == 0 ? "" : "&").Append(sorted[i].Name).Append('=').Append(sorted[i].Value);
        }
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

    /// <summary>In a time that does not tell where they differ.</summary>
    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(one.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));

    private static string SignText(string secret, string scope, string text)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        HMACSHA256.HashData(SigningKeys.Of(secret, scope), bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), signature);
        ArrayPool<byte>.Shared.Return(bytes);
        return Convert.ToHexStringLower(signature);
    }

    private static string Sha256(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), hash);
        ArrayPool<byte>.Shared.Return(bytes);
        return Convert.ToHexStringLower(hash);
    }

    private static string Trimmed(string value)
    {
        var trimmed = value.Trim();
        return trimmed.Contains("  ", StringComparison.Ordinal) ? string.Join(' ', trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : trimmed;
    }
}
