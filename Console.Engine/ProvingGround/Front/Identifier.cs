using System.Globalization;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Looks at who signed, in the header or in the address, and says what it saw; the gates refuse.</summary>
internal sealed class Identifier(Accounts accounts, TimeProvider clock)
{
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    public Identified Look(S3Call call)
    {
        var header = call.Header("Authorization");
        var presigned = call.Has("X-Amz-Signature") || call.Has("X-Amz-Credential") || call.Has("X-Amz-Algorithm");
        return presigned && header.Length > 0 ? Wrong(S3Error.InvalidArgument("Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified"))
            : presigned ? InQuery(call)
            : header.Length > 0 ? InHeader(call, header)
            : call.Has("Signature") && call.Has("AWSAccessKeyId") ? Wrong(OldSignature)
            : new Identified(AuthFacts.Unsigned, null);
    }

    private static S3Error OldSignature => S3Error.InvalidRequest("The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    private Identified InHeader(S3Call call, string text)
    {
        if (!text.StartsWith(SignatureV4.Algorithm, StringComparison.Ordinal))
        {
            return Wrong(text.StartsWith("AWS ", StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal) ? OldSignature : S3Error.InvalidArgument("Unsupported Authorization Type"));
        }

        if (AuthorizationHeader.Parse(text) is not { } header)
        {
            return Wrong(S3Error.AuthorizationHeaderMalformed);
        }

        var at = call.Header("x-amz-date") is { Length: > 0 } stamp ? Stamp(stamp) : DateTimeOffset.TryParseExact(call.Header("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
        var payload = call.Header("x-amz-content-sha256");
        if (at is not null && payload.Length == 0)
        {
            return Wrong(S3Error.InvalidRequest("Missing required header for this request: x-amz-content-sha256"));
        }

        var time = at is null || at < DateTimeOffset.UnixEpoch || !Text(at.Value).StartsWith(header.Date, StringComparison.Ordinal)
            ? S3Error.AccessDenied("AWS authentication requires a valid Date or x-amz-date header of the credential's day.")
            : (clock.GetUtcNow() - at.Value).Duration() > S3Limits.MaxSkew ? S3Error.RequestTimeTooSkewed : null;
        return Judge(call, header, at, time, payload, call.Query);
    }

    private Identified InQuery(S3Call call)
    {
        string Of(string name) => call.Parameter(name) ?? "";
        if (Of("X-Amz-Algorithm") != SignatureV4.Algorithm)
        {
            return Wrong(S3Error.AuthorizationQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\""));
        }

        if (AuthorizationHeader.Parse($"{SignatureV4.Algorithm} Credential={Of("X-Amz-Credential")},SignedHeaders={Of("X-Amz-SignedHeaders")},Signature={Of("X-Amz-Signature")}") is not { } parts || Stamp(Of("X-Amz-Date")) is not { } at)
        {
            return Wrong(S3Error.AuthorizationQuery("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."));
        }

        if (!int.TryParse(Of("X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > S3Limits.MaxExpires)
        {
            return Wrong(S3Error.AuthorizationQuery("X-Amz-Expires must be a number of seconds from 1 to 604800 (seven days)."));
        }

        var now = clock.GetUtcNow();
        var time = !Text(at).StartsWith(parts.Date, StringComparison.Ordinal) ? S3Error.AuthorizationQuery("Invalid credential date: it is not the date of X-Amz-Date.")
            : at > now + S3Limits.MaxSkew ? S3Error.AccessDenied("Request is not yet valid")
            : at.AddSeconds(seconds) < now ? S3Error.AccessDenied("Request has expired")
            : null;
        var payload = call.Header("x-amz-content-sha256") is { Length: > 0 } stated ? stated : Of("X-Amz-Content-Sha256") is { Length: > 0 } asked ? asked : UnsignedPayload;
        return Judge(call, parts, at, time, payload, call.Query.Where(pair => pair.Name != "X-Amz-Signature"));
    }

    private Identified Judge(S3Call call, AuthorizationHeader parts, DateTimeOffset? at, S3Error? time, string payload, IEnumerable<(string, string)> query)
    {
        if (accounts.Find(parts.KeyId) is not { } key || at is null)
        {
            return new Identified(new AuthFacts(null, Time: time, KnownKey: accounts.Find(parts.KeyId) is not null), null);
        }

        var signed = new Signed(key, Text(at.Value), parts.Scope, parts.Signature, payload);
        var headers = parts.SignedHeaders.Select(name => (name, call.Header(name))).ToArray();
        var expected = SignatureV4.Sign(key.Secret, signed.At, parts.Scope, SignatureV4.CanonicalRequest(call.Method, call.Path, query, headers, payload));
        return new Identified(new AuthFacts(key.Name, Time: time, Headers: Loose(call, parts), Holds: SignatureV4.Same(expected, parts.Signature)), signed);
    }

    /// <summary>Host and every <c>x-amz-</c> header must be under the signature, or a tampered one would be believed.</summary>
    private static S3Error? Loose(S3Call call, AuthorizationHeader parts)
    {
        foreach (var name in call.Headers.Keys)
        {
            if ((name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) && !parts.SignedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return S3Error.AccessDenied($"There were headers present in the request which were not signed: {name.ToLowerInvariant()}");
            }
        }

        return null;
    }

    private static Identified Wrong(S3Error error) => new(new AuthFacts(null, Form: error), null);

    private static DateTimeOffset? Stamp(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
