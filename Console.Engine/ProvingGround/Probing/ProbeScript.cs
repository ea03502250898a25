using System.Globalization;
using System.Text;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// What the probe asks of one host, round after round: put, get and compare, parts, conditions, metadata, wrong checksums of every kind, two things wrong at
/// once, listings before and after writes, a listing begun elsewhere, a delete. It writes a few keys of its own for each host and no more.
/// </summary>
/// <param name="neighbour">Another host that does not change now; null where there is none.</param>
internal sealed class ProbeScript(string host, int seed, Func<string?> neighbour)
{
    public const string Bucket = "probe";

    private const int Small = 4 * 1024;
    private const int Big = 256 * 1024;

    private readonly Random _random = new(seed);
    private string _token = "";

    private string SmallKey => $"/{Bucket}/{host}/small";

    public static bool IsInBucket(string path) => path == $"/{Bucket}" || path.StartsWith($"/{Bucket}/", StringComparison.Ordinal);

    /// <summary>The requests of one round, in their order; the caller stops the round at a write that was not acknowledged, and at a request it did not ask.</summary>
    public IEnumerable<ProbeRequest> Round(int number)
    {
        var body = Bytes(Small);
        foreach (var request in (ProbeRequest[])[Put(SmallKey, body, "small"), Get(SmallKey, body), Conditional(body), Part(body), PartIf(body), Head(body), .. ProbeRefusals.Checksums(host, number), Part(body), List("after a put", there: true)])
        {
            yield return request;
        }

        foreach (var request in (ProbeRequest[])[Delete(), Gone(), List("after a delete", there: false)])
        {
            yield return request;
        }

        body = Bytes(Small);
        foreach (var request in (ProbeRequest[])[Put(SmallKey, body, "small"), List("after a put", there: true), Get(SmallKey, body), .. ProbeRefusals.Pairs(host, number), Part(body), Conditional(body)])
        {
            yield return request;
        }

        foreach (var request in number % 2 == 0 ? Large() : Paged())
        {
            yield return request;
        }
    }

    private IEnumerable<ProbeRequest> Large()
    {
        var body = Bytes(Big);
        yield return Put($"/{Bucket}/{host}/big", body, "big");
        yield return Get($"/{Bucket}/{host}/big", body);
    }

    /// <summary>Customers' listings go through the router: each page may come from another host.</summary>
    private IEnumerable<ProbeRequest> Paged()
    {
        if (neighbour() is not { } other)
        {
            yield break;
        }

        yield return Put($"/{Bucket}/{host}/page-1", Bytes(16), "tiny");
        yield return Put($"/{Bucket}/{host}/page-2", Bytes(16), "tiny");
        _token = "";
        yield return Page(other, [], answer =>
        {
            _token = Between(answer, "NextContinuationToken");
            return null;
        });
        if (_token.Length > 0)
        {
            var second = $"{host}/page-2";
            yield return Page(null, [("continuation-token", _token)], answer => Status(answer, 200) ?? Unless(Between(answer, "Key") == second, $"the key {second}", $"the key {Between(answer, "Key")}")) with { About = $" after the first page came from {other}" };
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

    private ProbeRequest PartIf(byte[] body)
    {
        var range = $"bytes 100-199/{Small}";
        return new("get of a range with If-Match", "GET", SmallKey, answer => Status(answer, 206) ?? Unless(answer.Header("Content-Range") == range, $"Content-Range {range}", answer.Header("Content-Range")) ?? SameBytes(body.AsSpan(100, 100), answer.Body))
        {
            Headers = [("Range", "bytes=100-199"), ("If-Match", Quoted(body))],
        };
    }

    private ProbeRequest List(string when, bool there) =>
        new($"list {when}", "GET", $"/{Bucket}", answer => Status(answer, 200) ?? Unless(Encoding.UTF8.GetString(answer.Body).Contains($"<Key>{host}/small</Key>", StringComparison.Ordinal) == there, there ? $"the key {host}/small" : $"no key {host}/small", there ? "a listing without it" : "a listing that has it"))
        {
            Query = [("list-type", "2"), ("prefix", $"{host}/s")],
        };

    private ProbeRequest Page(string? at, (string Name, string Value)[] more, Func<S3Answer, string?> wrong) =>
        new("next page of a listing", "GET", $"/{Bucket}", wrong) { At = at, Query = [("list-type", "2"), ("max-keys", "1"), ("prefix", $"{host}/page-"), .. more] };

    private static string Between(S3Answer answer, string element)
    {
        var text = Encoding.UTF8.GetString(answer.Body);
        var from = text.IndexOf($"<{element}>", StringComparison.Ordinal);
        return from < 0 ? "" : text[(from + element.Length + 2)..text.IndexOf('<', from + element.Length + 2)];
    }

    private ProbeRequest Delete() => new("delete", "DELETE", SmallKey, answer => Status(answer, 204));

    private ProbeRequest Gone() => new("get after delete", "GET", SmallKey, answer => Status(answer, 404) ?? Unless(answer.ErrorCode == "NoSuchKey", "NoSuchKey", answer.ErrorCode));

    private byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        _random.NextBytes(bytes);
        return bytes;
    }

    internal static string? Status(S3Answer answer, int expected) =>
        answer.Status == expected ? null : $"expected {expected}, got {answer.Status}{(answer.ErrorCode.Length > 0 ? " " + answer.ErrorCode : "")}{(answer.Status is 200 or 206 ? $" with {answer.Body.Length} bytes" : "")}";

    internal static string? Unless(bool holds, string expected, string got) => holds ? null : $"expected {expected}, got {(got.Length == 0 ? "nothing" : got)}";

    private static string? SameBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got) =>
        expected.SequenceEqual(got) ? null : $"expected the {expected.Length} bytes that were put, got {got.Length} bytes that differ from byte {expected.CommonPrefixLength(got)} on";

    private static string Quoted(byte[] body) => ETag.Quoted(ETag.Of(body));
}
