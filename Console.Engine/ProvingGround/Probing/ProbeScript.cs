using System.Globalization;
using System.Text;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// What the probe asks of one host, round after round: put, get and compare, parts, conditions, metadata, a wrong checksum, a listing, a delete.
/// It writes two keys of its own for each host and no more.
/// </summary>
internal sealed class ProbeScript(string host, int seed)
{
    public const string Bucket = "probe";

    private const int Small = 4 * 1024;
    private const int Big = 256 * 1024;
    private const int RoundsBetweenBig = 4;

    private readonly Random _random = new(seed);

    private string SmallKey => $"/{Bucket}/{host}/small";

    /// <summary>The requests of one round, in their order; the caller stops the round at a put that was not acknowledged.</summary>
    public IEnumerable<ProbeRequest> Round(int number)
    {
        var body = Bytes(Small);
        foreach (var request in (ProbeRequest[])[Put(SmallKey, body, "small"), Get(SmallKey, body), Conditional(body), Part(body), Part(body), Head(body), WrongChecksum(), Part(body), List(), Part(body)])
        {
            yield return request;
        }

        body = Bytes(Small);
        foreach (var request in (ProbeRequest[])[Put(SmallKey, body, "small"), Get(SmallKey, body), Part(body), Part(body), Conditional(body), Delete(), Gone()])
        {
            yield return request;
        }

        if (number % RoundsBetweenBig == 0)
        {
            body = Bytes(Big);
            yield return Put($"/{Bucket}/{host}/big", body, "big");
            yield return Get($"/{Bucket}/{host}/big", body);
        }
    }

    private static ProbeRequest Put(string path, byte[] body, string size) =>
        new($"put {size}", "PUT", path, answer => Status(answer, 200) ?? Unless(answer.Header("ETag") == Quoted(body), $"ETag {Quoted(body)}", answer.Header("ETag")))
        {
            Body = body,
            Headers = [("x-amz-meta-probe", ETag.Of(body))],
        };

    private static ProbeRequest Get(string path, byte[] body) =>
        new("get", "GET", path, answer => Status(answer, 200) ?? SameBytes(body, answer.Body));

    private ProbeRequest Conditional(byte[] body) =>
        new("get with If-None-Match", "GET", SmallKey, answer => Status(answer, 304)) { About = $" {Quoted(body)}", Headers = [("If-None-Match", Quoted(body))] };

    private ProbeRequest Part(byte[] body)
    {
        var from = _random.Next(Small - 200);
        var range = $"bytes {from}-{from + 99}/{Small}";
        return new("get of a range", "GET", SmallKey, answer => Status(answer, 206) ?? Unless(answer.Header("Content-Range") == range, $"Content-Range {range}", answer.Header("Content-Range")) ?? SameBytes(body.AsSpan(from, 100), answer.Body))
        {
            About = $" {from}-{from + 99}",
            Headers = [("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={from}-{from + 99}"))],
        };
    }

    private ProbeRequest Head(byte[] body) =>
        new("head", "HEAD", SmallKey, answer => Status(answer, 200)
            ?? Unless(answer.Header("x-amz-meta-probe") == ETag.Of(body), $"x-amz-meta-probe {ETag.Of(body)}", answer.Header("x-amz-meta-probe"))
            ?? Unless(answer.Header("Content-Length") == $"{body.Length}", $"Content-Length {body.Length}", answer.Header("Content-Length")));

    private ProbeRequest WrongChecksum() =>
        new("put with a wrong Content-MD5", "PUT", SmallKey, answer => Status(answer, 400) ?? Unless(answer.ErrorCode == "BadDigest", "BadDigest", answer.ErrorCode))
        {
            Body = [1, 2, 3],
            Headers = [("Content-MD5", Convert.ToBase64String(new byte[16]))],
        };

    private ProbeRequest List() =>
        new("list", "GET", $"/{Bucket}", answer => Status(answer, 200) ?? Unless(Encoding.UTF8.GetString(answer.Body).Contains($"<Key>{host}/small</Key>", StringComparison.Ordinal), $"the key {host}/small", "a listing without it"))
        {
            Query = [("list-type", "2"), ("prefix", $"{host}/")],
        };

    private ProbeRequest Delete() => new("delete", "DELETE", SmallKey, answer => Status(answer, 204));

    private ProbeRequest Gone() => new("get after delete", "GET", SmallKey, answer => Status(answer, 404) ?? Unless(answer.ErrorCode == "NoSuchKey", "NoSuchKey", answer.ErrorCode));

    private byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static string? Status(S3Answer answer, int expected) =>
        answer.Status == expected ? null : $"expected {expected}, got {answer.Status}{(answer.ErrorCode.Length > 0 ? " " + answer.ErrorCode : "")}{(answer.Status is 200 or 206 ? $" with {answer.Body.Length} bytes" : "")}";

    private static string? Unless(bool holds, string expected, string got) => holds ? null : $"expected {expected}, got {(got.Length == 0 ? "nothing" : got)}";

    private static string? SameBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got) =>
        expected.SequenceEqual(got) ? null : $"expected the {expected.Length} bytes that were put, got {got.Length} bytes that differ from byte {expected.CommonPrefixLength(got)} on";

    private static string Quoted(byte[] body) => ETag.Quoted(ETag.Of(body));
}
