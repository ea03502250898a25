using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Addresses that carry their signature.</summary>
[Trait("Category", "Integration")]
public sealed class PresignedTests : FrontTests
{
    [Fact]
    public async Task An_address_is_good_until_it_expires_and_for_what_it_says_only()
    {
        await Host.SendAsync("PUT", "/bucket/k", "signed");
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal("signed", Text(Is(200, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now, 60)))));
        Is(403, await Host.UnsignedAsync("PUT", Presign("GET", "/bucket/k", now, 60)), "SignatureDoesNotMatch");
        Is(403, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now, 60).Replace("/bucket/k?", "/bucket/l?", StringComparison.Ordinal)), "SignatureDoesNotMatch");
        Is(403, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now, 60) + "&versionId=null"), "SignatureDoesNotMatch");
        Assert.Contains("expired", Text(Is(403, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now.AddSeconds(-61), 60)), "AccessDenied")), StringComparison.Ordinal);
        Assert.Contains("not yet valid", Text(Is(403, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now.AddHours(1), 60)), "AccessDenied")), StringComparison.Ordinal);
        Is(400, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now, 604_801)), "AuthorizationQueryParametersError");
        Is(400, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now, 0)), "AuthorizationQueryParametersError");
        Is(403, await Host.UnsignedAsync("GET", Presign("GET", "/bucket/k", now, 60, id: "PGNOBODY")), "InvalidAccessKeyId");
        Is(400, await Host.UnsignedAsync("GET", "/bucket/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0"), "AuthorizationQueryParametersError");
        Is(400, await Host.SendAsync("GET", "/bucket/k", query: [("X-Amz-Algorithm", "AWS4-HMAC-SHA256")]), "InvalidArgument");
        Is(200, await Host.UnsignedAsync("PUT", Presign("PUT", "/bucket/by-address", now, 60)));
    }

    private string Presign(string method, string path, DateTimeOffset at, int seconds, string? id = null)
    {
        var guest = Host.Accounts.Guest;
        var stamp = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var scope = $"{stamp[..8]}/{FrontHost.Region}/s3/aws4_request";
        (string Name, string Value)[] query = [("X-Amz-Algorithm", SignatureV4.Algorithm), ("X-Amz-Credential", $"{id ?? guest.Id}/{scope}"), ("X-Amz-Date", stamp), ("X-Amz-Expires", $"{seconds}"), ("X-Amz-SignedHeaders", "host")];
        var signature = SignatureV4.Sign(guest.Secret, stamp, scope, SignatureV4.CanonicalRequest(method, path, query, [("host", Host.Address.Authority)], "UNSIGNED-PAYLOAD"));
        return $"{path}?{string.Join('&', query.Select(pair => $"{pair.Name}={UriEncoding.Encode(pair.Value)}"))}&X-Amz-Signature={signature}";
    }
}
