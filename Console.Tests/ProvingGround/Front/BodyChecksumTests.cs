using System.Net.Http.Headers;
using System.Text;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Checksums;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Every checksum, in a header and in the trailer, right and wrong.</summary>
[Trait("Category", "Integration")]
public sealed class BodyChecksumTests : FrontTests
{
    public static TheoryData<string> Algorithms => [.. ChecksumAsked.Algorithms.Keys];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_named_checksum_is_compared_kept_and_given_back(string algorithm)
    {
        var header = $"x-amz-checksum-{algorithm.ToLowerInvariant()}";
        var (right, wrong) = (RunningChecksum.Of(algorithm, "body"u8), RunningChecksum.Of(algorithm, "other"u8));
        Assert.Equal(right, Is(200, await Host.SendAsync("PUT", "/bucket/k", "body", [(header, right)])).Header(header));
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "body", [(header, wrong)]), "BadDigest");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "body", [(header, "AAA")]), "InvalidRequest");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "body", [(header, right), (algorithm == "CRC32" ? "x-amz-checksum-sha1" : "x-amz-checksum-crc32", right)]), "InvalidRequest");
        Assert.Equal(right, (await Host.SendAsync("GET", "/bucket/k", headers: [("x-amz-checksum-mode", "ENABLED")])).Header(header));
        Assert.Equal("", (await Host.SendAsync("GET", "/bucket/k")).Header(header));
        foreach (var signed in (bool[])[true, false])
        {
            Is(200, await TrailingAsync(header, right, signed));
            Is(400, await TrailingAsync(header, wrong, signed), "BadDigest");
            Is(400, await TrailingAsync("x-amz-checksum-none", right, signed, announced: header), "MalformedTrailerError");
        }
    }

    [Fact]
    public async Task Content_md5_is_a_digest_and_the_right_one()
    {
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "body", [("Content-MD5", "nonsense")]), "InvalidDigest");
        Is(400, await Host.SendAsync("PUT", "/bucket/k", "body", [("Content-MD5", Convert.ToBase64String(new byte[16]))]), "BadDigest");
        Is(404, await Host.SendAsync("GET", "/bucket/k"), "NoSuchKey");
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Joined_checksums_are_those_of_the_whole(string algorithm)
    {
        var random = new Random(7);
        for (var round = 0; round < 50 && CrcJoin.Joins(algorithm); round++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Bytes(random.Next(0, 5_000), random.Next())).ToList();
            Assert.Equal(RunningChecksum.Of(algorithm, [.. parts.SelectMany(part => part)]), CrcJoin.Of(algorithm, parts.Select(part => (RunningChecksum.Of(algorithm, part), (long)part.Length))));
        }
    }

    private async Task<Engine.ProvingGround.S3.S3Answer> TrailingAsync(string header, string value, bool signed, string? announced = null)
    {
        var (guest, at) = (Host.Accounts.Guest, TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        var scope = $"{at[..8]}/{FrontHost.Region}/s3/aws4_request";
        var payload = signed ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" : "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
        (string Name, string Value)[] headers = [("host", Host.Address.Authority), ("x-amz-content-sha256", payload), ("x-amz-date", at), ("x-amz-decoded-content-length", "4"), ("x-amz-trailer", announced ?? header)];
        var seed = SignatureV4.Sign(guest.Secret, at, scope, SignatureV4.CanonicalRequest("PUT", "/bucket/k", [], headers, payload));
        var body = new StringBuilder();
        if (signed)
        {
            var one = SignatureV4.SignChunk(guest.Secret, at, scope, seed, "body"u8);
            var last = SignatureV4.SignChunk(guest.Secret, at, scope, one, []);
            body.Append($"4;chunk-signature={one}\r\nbody\r\n0;chunk-signature={last}\r\n{header}:{value}\r\nx-amz-trailer-signature:{SignatureV4.SignTrailer(guest.Secret, at, scope, last, $"{header}:{value}\n")}\r\n\r\n");
        }
        else
        {
            body.Append($"4\r\nbody\r\n0\r\n{header}:{value}\r\n\r\n");
        }

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Host.Address, "/bucket/k")) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body.ToString())) };
        foreach (var (name, text) in headers.Skip(1))
        {
            request.Headers.TryAddWithoutValidation(name, text);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue(SignatureV4.Algorithm, $"Credential={guest.Id}/{scope}, SignedHeaders={string.Join(';', headers.Select(one => one.Name))}, Signature={seed}");
        using var answer = await http.SendAsync(request);
        return new Engine.ProvingGround.S3.S3Answer((int)answer.StatusCode, new Dictionary<string, string>(), await answer.Content.ReadAsByteArrayAsync());
    }
}
