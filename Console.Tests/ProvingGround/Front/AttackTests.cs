using System.Globalization;
using System.Text;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>What strangers try.</summary>
[Trait("Category", "Integration")]
public sealed class AttackTests : FrontTests
{
    [Fact]
    public async Task A_request_replayed_later_is_refused()
    {
        var (guest, region) = (Host.Accounts.Guest, FrontHost.Region);
        foreach (var (minutes, code) in ((int, string)[])[(-16, "RequestTimeTooSkewed"), (16, "RequestTimeTooSkewed"), (-14, "")])
        {
            var client = new SignedClient(new HttpClient(), guest, region, new Shifted(TimeSpan.FromMinutes(minutes)));
            Assert.Equal(code, (await client.SendAsync(Host.Address, "GET", "/bucket", default)).ErrorCode);
        }
    }

    [Fact]
    public async Task What_was_signed_cannot_be_changed()
    {
        var signed = Signed("PUT", "/bucket/k", "body", ("x-amz-meta-a", "1"));
        Assert.StartsWith("HTTP/1.1 200", await RawAsync(signed), StringComparison.Ordinal);
        Assert.Contains("XAmzContentSHA256Mismatch", await RawAsync(signed.Replace("\r\n\r\nbody", "\r\n\r\nBODY", StringComparison.Ordinal)), StringComparison.Ordinal);
        foreach (var (from, to) in ((string, string)[])[("/bucket/k", "/bucket/l"), ("PUT", "POST"), ("x-amz-meta-a: 1", "x-amz-meta-a: 2"), ("Signature=", "Signature=0")])
        {
            var answer = await RawAsync(signed.Replace(from, to, StringComparison.Ordinal));
            Assert.True(answer.Contains("SignatureDoesNotMatch", StringComparison.Ordinal) || answer.Contains("MethodNotAllowed", StringComparison.Ordinal), answer);
        }

        Assert.Contains("not signed: x-amz-acl", await RawAsync(signed.Replace("x-amz-meta-a: 1", "x-amz-meta-a: 1\r\nx-amz-acl: public-read", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization: AWS somebody:signature", "InvalidRequest")]
    [InlineData("Authorization: AWS HAHAHA", "InvalidArgument")]
    [InlineData("Authorization: Bearer x", "InvalidArgument")]
    [InlineData("Authorization: AWS4-HMAC-SHA256 Credential=x", "AuthorizationHeaderMalformed")]
    [InlineData("Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/r/s3/aws4_request, SignedHeaders=host, Signature=0", "InvalidRequest")]
    [InlineData("Authorization: ", "AccessDenied")]
    [InlineData("X-Nothing: x", "AccessDenied")]
    public async Task Who_does_not_sign_as_is_asked_is_refused(string header, string code) =>
        Assert.Contains($"<Code>{code}</Code>", await RawAsync($"PUT /bucket/k HTTP/1.1\r\nHost: x\r\nx-amz-date: 20260101T000000Z\r\nContent-Length: 0\r\n{header}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET /../../../etc/passwd", "InvalidBucketName")]
    [InlineData("GET /bucket/..%2f..%2fsecret", "AccessDenied")]
    [InlineData("GET //bucket/k", "InvalidURI")]
    [InlineData("GET /bucket/%ff%fe", "AccessDenied")]
    [InlineData("GET /~ground/health", "InvalidBucketName")]
    [InlineData("OPTIONS *", "InvalidURI")]
    [InlineData("TRACE /bucket", "MethodNotAllowed")]
    public async Task No_path_leads_anywhere_but_to_a_bucket_and_a_key(string line, string code) =>
        Assert.Contains($"<Code>{code}</Code>", await RawAsync($"{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    /// <summary>What is no HTTP, or more of it than a host takes, is answered before there is a request to speak of, as S3's own doors do: a status and no document.</summary>
    [Theory]
    [InlineData("GET http://elsewhere/bucket/k HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("GET /bucket/%00 HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("GET /bucket HTTP/1.1\r\n\r\n", "400")]
    [InlineData("PUT /bucket/k HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400")]
    [InlineData("PUT /bucket/k HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n", "400")]
    [InlineData("\0\0\0\0\r\n\r\n", "400")]
    public async Task What_is_no_request_is_refused_at_the_door(string text, string status) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await RawAsync(text), StringComparison.Ordinal);

    [Fact]
    public async Task A_line_or_headers_without_end_are_cut()
    {
        Assert.StartsWith("HTTP/1.1 414", await RawAsync($"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await RawAsync($"GET /bucket HTTP/1.1\r\nHost: x\r\nx-amz-meta-a: {new string('a', 40_000)}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "", 68_157_441, "EntityTooLarge")]
    [InlineData("POST", "?delete=", 5_000_000, "MaxMessageLengthExceeded")]
    public async Task More_than_there_is_room_for_is_refused_before_it_is_sent(string method, string query, long length, string code)
    {
        var path = query.Length > 0 ? "/bucket" : "/bucket/k";
        var request = Signed(method, path, "", query.Length > 0 ? [("QUERY", "delete")] : []).Replace("Content-Length: 0", $"Content-Length: {length}", StringComparison.Ordinal);
        Assert.Contains($"<Code>{code}</Code>", await RawAsync(request), StringComparison.Ordinal);
        Assert.Equal(0, Host.Parts.Room.Held);
    }

    [Theory]
    [InlineData("ffffffff\r\nx", "4", "IncompleteBody")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "4", "IncompleteBody")]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", "4", "IncompleteBody")]
    [InlineData("4\r\nabcd\r\n0\r\n\r\n", "68157441", "EntityTooLarge")]
    [InlineData("4\r\nabcd\r\n0\r\n\r\n", "-4", "MissingContentLength")]
    [InlineData("4\r\nabcd\r\n0\r\n\r\n", "99999999999999999999", "MissingContentLength")]
    [InlineData("4\r\nabcd\r\n0\r\n\r\n", "60000000", "IncompleteBody")]
    public async Task Chunks_that_lie_of_their_length_are_refused(string chunks, string length, string code)
    {
        var request = Signed("PUT", "/bucket/k", chunks, ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", length));
        Assert.Contains($"<Code>{code}</Code>", await RawAsync(request), StringComparison.Ordinal);
        Assert.Equal(0, Host.Parts.Room.Held);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><Delete><Object><Key>&b;</Key></Object></Delete>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><Delete/>")]
    [InlineData("<Delete><Object><Key>a</Key></Object>")]
    [InlineData("<Other/>")]
    [InlineData("<Delete></Delete>")]
    [InlineData("\u0000\u0001")]
    public async Task Documents_that_are_traps_are_malformed(string document) =>
        Is(400, await DeleteAsync(document), "MalformedXML");

    [Fact]
    public async Task A_document_as_deep_as_it_is_long_is_malformed()
    {
        Is(400, await DeleteAsync(string.Concat(Enumerable.Repeat("<Delete>", 200_000))), "MalformedXML");
        Is(400, await DeleteAsync($"<Delete>{new string(' ', 3_000_000)}</Delete>"), "MalformedXML");
    }

    private Task<S3Answer> DeleteAsync(string document) =>
        Host.SendAsync("POST", "/bucket", document, [("x-amz-checksum-crc32c", Engine.ProvingGround.Checksums.RunningChecksum.Of("CRC32C", Encoding.UTF8.GetBytes(document)))], [("delete", "")]);

    private Task<string> RawAsync(string request) => RawClient.SendAsync(Host.Address, Encoding.Latin1.GetBytes(request));

    /// <summary>A whole request as text, signed by the guest.</summary>
    private string Signed(string method, string path, string body, params (string Name, string Value)[] more)
    {
        var guest = Host.Accounts.Guest;
        var at = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{at[..8]}/{FrontHost.Region}/s3/aws4_request";
        var query = more.Where(one => one.Name == "QUERY").Select(one => (one.Value, "")).ToArray();
        var headers = new List<(string Name, string Value)> { ("host", Host.Address.Authority), ("x-amz-date", at) };
        headers.AddRange(more.Where(one => one.Name != "QUERY"));
        if (headers.All(header => header.Name != "x-amz-content-sha256"))
        {
            headers.Add(("x-amz-content-sha256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.Latin1.GetBytes(body)))));
        }

        var payload = headers.Single(header => header.Name == "x-amz-content-sha256").Value;
        var signature = SignatureV4.Sign(guest.Secret, at, scope, SignatureV4.CanonicalRequest(method, path, query, headers, payload));
        var lines = string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
        var names = string.Join(';', headers.Select(header => header.Name).Order(StringComparer.Ordinal));
        return $"{method} {path}{(query.Length > 0 ? $"?{query[0].Value}=" : "")} HTTP/1.1\r\n{lines}Authorization: {SignatureV4.Algorithm} Credential={guest.Id}/{scope}, SignedHeaders={names}, Signature={signature}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
