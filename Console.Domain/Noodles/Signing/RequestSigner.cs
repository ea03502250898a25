using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Domain.Noodles.Signing;

/// <summary>AWS signature version 4 for S3, in the header and in the address. On its own feet: tests of a store share nothing with the store.</summary>
/// <param name="At">When it is signed, UTC.</param>
public sealed record RequestSigner(string AccessKey, string Secret, string Region, DateTimeOffset At)
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    private string Stamp => At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private string Scope => $"{Stamp[..8]}/{Region}/s3/aws4_request";

    /// <summary>The headers to add: date, hash of the body, signature.</summary>
    /// <param name="path">Encoded.</param>
    /// <param name="query">Decoded.</param>
    /// <param name="headers">Those to sign besides; names in any case. <c>host</c> must be among them.</param>
    /// <param name="payload">SHA-256 of the body in small hexadecimal digits, or <see cref="Unsigned"/>.</param>
    public ImmutableArray<(string Name, string Value)> Headers(string method, string path, IEnumerable<(string Name, string Value)> query, IEnumerable<(string Name, string Value)> headers, string payload)
    {
        var signed = headers.Append(("x-amz-content-sha256", payload)).Append(("x-amz-date", Stamp)).ToArray();
        var names = Names(signed);
        var signature = Sign(Canonical(method, path, query, signed, payload));
        return [("x-amz-content-sha256", payload), ("x-amz-date", Stamp), ("Authorization", $"{Algorithm} Credential={AccessKey}/{Scope}, SignedHeaders={names}, Signature={signature}")];
    }

    /// <summary>The query of an address that anybody may open for so long.</summary>
    public ImmutableArray<(string Name, string Value)> Presign(string method, string path, IEnumerable<(string Name, string Value)> query, string host, TimeSpan holds)
    {
        (string, string)[] headers = [("host", host)];
        ImmutableArray<(string, string)> all =
        [
            .. query,
            ("X-Amz-Algorithm", Algorithm),
            ("X-Amz-Credential", $"{AccessKey}/{Scope}"),
            ("X-Amz-Date", Stamp),
            ("X-Amz-Expires", ((long)holds.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("X-Amz-SignedHeaders", "host"),
        ];
        return all.Add(("X-Amz-Signature", Sign(Canonical(method, path, all, headers, Unsigned))));
    }

    /// <summary>Of a body.</summary>
    public static string Sha256(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static string Canonical(string method, string path, IEnumerable<(string Name, string Value)> query, IEnumerable<(string Name, string Value)> headers, string payload)
    {
        var sorted = headers.Select(header => (Name: header.Name.ToLowerInvariant(), Value: string.Join(' ', header.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))).OrderBy(header => header.Name, StringComparer.Ordinal).ToArray();
        var parameters = query.Select(pair => $"{PercentEncoding.Encode(pair.Name)}={PercentEncoding.Encode(pair.Value)}").Order(StringComparer.Ordinal);
        return $"{method}\n{path}\n{string.Join('&', parameters)}\n{string.Concat(sorted.Select(header => $"{header.Name}:{header.Value}\n"))}\n{Names(sorted)}\n{payload}";
    }

    private static string Names(IEnumerable<(string Name, string Value)> headers) => string.Join(';', headers.Select(header => header.Name.ToLowerInvariant()).Order(StringComparer.Ordinal));

    private string Sign(string canonical)
    {
        var text = $"{Algorithm}\n{Stamp}\n{Scope}\n{Sha256(Encoding.UTF8.GetBytes(canonical))}";
        var key = new[] { Stamp[..8], Region, "s3", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{Secret}"), Mac);
        return Convert.ToHexStringLower(Mac(key, text));
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
