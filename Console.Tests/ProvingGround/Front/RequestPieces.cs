using System.Globalization;
using System.Text;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Makes requests of right and wrong pieces, most of them signed rightly, so that they reach what lies behind the signature.</summary>
internal sealed class RequestPieces(int seed, AccessKey key, string host)
{
    private static readonly string[] Methods = ["GET", "GET", "PUT", "PUT", "HEAD", "DELETE", "POST", "PATCH"];
    private static readonly string[] Paths = ["/", "/bucket", "/bucket/k", "/bucket/a b", "/bucket/../x", "/nowhere/k", "/No", "//", "/bucket/%", "/bucket/" + new string('y', 1_100)];
    private static readonly string[] Parameters = ["acl", "tagging", "uploads", "uploadId", "partNumber", "list-type", "delete", "max-keys", "prefix", "delimiter", "marker", "versionId", "location", "policy", "continuation-token", "encoding-type", "response-content-type", "x"];
    private static readonly string[] Values = ["", "1", "2", "-1", "99999999999", "url", "/", "aGk", "\u00ff", "a%00b", "none"];

    private static readonly string[] Names =
        ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "Content-MD5", "x-amz-acl", "x-amz-tagging", "x-amz-copy-source", "x-amz-copy-source-range", "x-amz-metadata-directive", "x-amz-checksum-crc32", "x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm",
         "x-amz-trailer", "x-amz-server-side-encryption", CustomerKey.Prefix + "algorithm", CustomerKey.Prefix + "key", "x-amz-checksum-algorithm", "x-amz-checksum-type", "x-amz-meta-a", "x-amz-storage-class", "x-amz-grant-read", "Content-Type", "Expect", "x-amz-decoded-content-length"];

    private static readonly string[] HeaderValues = ["", "*", "bytes=0-1", "bytes=9-", "bytes=-0", "\"0\"", "AES256", "private", "COPY", "REPLACE", "bucket/k", "/bucket/none", "CRC32", "AAAAAA==", "Thu, 01 Jan 2015 00:00:00 GMT", "100-continue", "a=1&b=2", "\u00e9\u00ff", "4", "FULL_OBJECT"];

    private static readonly string[] Bodies =
        ["", "body", "<Delete><Object><Key>k</Key></Object></Delete>", "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>", "<Tagging><TagSet/></Tagging>", "<!DOCTYPE a><a/>", "4\r\nbody\r\n0\r\n\r\n", "\0\u00ff<<"];

    private static readonly string[] Payloads = ["UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-X", SignatureV4.EmptySha256, "x"];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var (method, path, body, payload) = (One(Methods), One(Paths), One(Bodies), One(Payloads));
        if (path == "/bucket" && method == "DELETE")
        {
            method = "GET"; // Without its bucket nothing below would be reached.
        }

        (string Name, string Value)[] query = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => (One(Parameters), One(Values)))];
        var at = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new List<(string Name, string Value)> { ("host", host), ("x-amz-date", at), ("x-amz-content-sha256", payload) };
        headers.AddRange(Enumerable.Range(0, _random.Next(4)).Select(_ => (One(Names), One(HeaderValues))).DistinctBy(header => header.Item1));
        var scope = $"{at[..8]}/{FrontHost.Region}/s3/aws4_request";
        var signed = headers.Select(header => (Name: header.Name.ToLowerInvariant(), header.Value)).ToList();
        var signature = SignatureV4.Sign(key.Secret, at, scope, SignatureV4.CanonicalRequest(method, path, query, signed, payload));
        var text = new StringBuilder($"{method} {UriEncoding.Encode(path, keepSlash: true)}{(query.Length > 0 ? "?" : "")}{string.Join('&', query.Select(pair => $"{UriEncoding.Encode(pair.Name)}={UriEncoding.Encode(pair.Value)}"))} HTTP/1.1\r\n");
        headers.ForEach(header => text.Append(header.Name).Append(": ").Append(header.Value).Append("\r\n"));
        if (_random.Next(10) > 0)
        {
            text.Append($"Authorization: {SignatureV4.Algorithm} Credential={key.Id}/{scope}, SignedHeaders={string.Join(';', signed.Select(header => header.Name).Order(StringComparer.Ordinal))}, Signature={(_random.Next(20) == 0 ? "0" : signature)}\r\n");
        }

        var length = _random.Next(200) == 0 ? body.Length + _random.Next(3) : body.Length;
        text.Append($"Content-Length: {length}\r\n\r\n").Append(body);
        return _random.Next(300) == 0 ? Damaged(text.ToString()) : text.ToString();
    }

    private string Damaged(string request)
    {
        var letters = request.ToCharArray();
        for (var i = 0; i < 3; i++)
        {
            letters[_random.Next(letters.Length)] = (char)_random.Next(256);
        }

        return new string(letters);
    }

    private T One<T>(T[] from) => from[_random.Next(from.Length)];
}
