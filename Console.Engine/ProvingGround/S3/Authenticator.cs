using System.Globalization;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>Who signed, and what is needed to check a streamed body against it.</summary>
/// <param name="Payload">The value of <c>x-amz-content-sha256</c>.</param>
internal sealed record Signed(AccessKey Key, string At, string Scope, string Signature, string Payload);

/// <summary>Checks signature v4 in the header. Nothing is open to who has not signed.</summary>
internal sealed class Authenticator(Accounts accounts, TimeProvider clock)
{
    public Signed Check(S3Request request)
    {
        var text = request.Header("Authorization");
        if (text.Length == 0)
        {
            throw new S3Exception(S3Error.AccessDenied("Access Denied: the request is not signed."));
        }

        var header = AuthorizationHeader.Parse(text) ?? throw new S3Exception(S3Error.AuthorizationHeaderMalformed);
        var key = accounts.Find(header.KeyId) ?? throw new S3Exception(S3Error.InvalidAccessKeyId);
        var at = request.Header("x-amz-date");
        if (!DateTimeOffset.TryParseExact(at, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt) || !at.StartsWith(header.Date, StringComparison.Ordinal))
        {
            throw new S3Exception(S3Error.AccessDenied("AWS authentication requires a valid x-amz-date header of the credential's day."));
        }

        if ((clock.GetUtcNow() - signedAt).Duration() > S3Limits.MaxSkew)
        {
            throw new S3Exception(S3Error.RequestTimeTooSkewed);
        }

        var payload = request.Header("x-amz-content-sha256");
        if (payload.Length == 0)
        {
            throw new S3Exception(S3Error.InvalidRequest("Missing required header for this request: x-amz-content-sha256"));
        }

        RequireSigned(request, header);
        var headers = header.SignedHeaders.Select(name => (name, string.Join(',', request.Headers[name].Select(value => value?.Trim())))).ToArray();
        var expected = SignatureV4.Sign(key.Secret, at, header.Scope, SignatureV4.CanonicalRequest(request.Method, request.Path, request.Query, headers, payload));
        return SignatureV4.Same(expected, header.Signature) ? new Signed(key, at, header.Scope, header.Signature, payload) : throw new S3Exception(S3Error.SignatureDoesNotMatch);
    }

    /// <summary>Host and every <c>x-amz-</c> header must be under the signature, or a tampered one would be believed.</summary>
    private static void RequireSigned(S3Request request, AuthorizationHeader header)
    {
        var loose = request.Headers.Keys.Select(name => name.ToLowerInvariant())
            .FirstOrDefault(name => (name == "host" || name.StartsWith("x-amz-", StringComparison.Ordinal)) && !header.SignedHeaders.Contains(name));
        if (loose is not null)
        {
            throw new S3Exception(S3Error.AccessDenied($"There were headers present in the request which were not signed: {loose}"));
        }
    }
}
