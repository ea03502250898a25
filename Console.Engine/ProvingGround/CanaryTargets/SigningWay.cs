using System.Globalization;
using System.Security.Cryptography;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>Signs what passes with signature v4, as the store's customers do. What is signed already passes as it is.</summary>
internal sealed class SigningWay(HttpMessageHandler inner, AccessKey key, string region, TimeProvider clock) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.NonValidated.Contains("Authorization"))
        {
            await SignAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task SignAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var target = request.RequestUri!;
        var at = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{at[..8]}/{region}/s3/aws4_request";
        var payload = request.Content is null ? SignatureV4.EmptySha256 : Convert.ToHexStringLower(SHA256.HashData(await request.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false)));
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", payload);
        request.Headers.TryAddWithoutValidation("x-amz-date", at);
        List<(string Name, string Value)> signed = [("host", target.Authority), .. request.Headers.NonValidated.Where(header => header.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Select(header => (header.Key.ToLowerInvariant(), header.Value.ToString()))];
        var canonical = SignatureV4.CanonicalRequest(request.Method.Method, Uri.UnescapeDataString(target.AbsolutePath), UriEncoding.Query(target.Query), signed, payload);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{SignatureV4.Algorithm} Credential={key.Id}/{scope}, SignedHeaders={string.Join(';', signed.Select(header => header.Name).Order(StringComparer.Ordinal))}, Signature={SignatureV4.Sign(key.Secret, at, scope, canonical)}");
    }
}
