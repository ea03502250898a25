namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>Requests that must be refused, and with which error: some each round, all of them in three rounds.</summary>
internal static class ProbeRefusals
{
    private const int EachRound = 2;

    /// <summary>A bucket that nobody makes.</summary>
    private const string Nowhere = "/probe-none";

    /// <summary>A checksum of the right form that the body does not have, by header.</summary>
    private static readonly (string Header, int Bytes)[] Wrong =
    [
        ("Content-MD5", 16), ("x-amz-checksum-crc32", 4), ("x-amz-checksum-crc32c", 4), ("x-amz-checksum-crc64nvme", 8), ("x-amz-checksum-sha1", 20), ("x-amz-checksum-sha256", 32),
    ];

    public static IEnumerable<ProbeRequest> Checksums(string host, int round) =>
        Some(Wrong, round).Select(wrong => Refused($"put with a wrong {wrong.Header}", "PUT", $"/{ProbeScript.Bucket}/{host}/refused", 400, "BadDigest") with
        {
            Body = [1, 2, 3],
            Headers = [(wrong.Header, Convert.ToBase64String(new byte[wrong.Bytes]))],
        });

    /// <summary>Two things wrong at once: customers are told of the one that comes first, and act upon it.</summary>
    public static IEnumerable<ProbeRequest> Pairs(string host, int round)
    {
        var small = $"/{ProbeScript.Bucket}/{host}/small";
        return Some(
            [
                Refused("put with a malformed Content-MD5 into a bucket that is not there", "PUT", $"{Nowhere}/key", 400, "InvalidDigest") with { Body = [1], Headers = [("Content-MD5", "none")] },
                Refused("get with If-Match of a key that is not there", "GET", $"/{ProbeScript.Bucket}/{host}/never", 404, "NoSuchKey") with { Headers = [("If-Match", "\"0\"")] },
                Refused("put with an unknown storage class into a bucket that is not there", "PUT", $"{Nowhere}/key", 400, "InvalidStorageClass") with { Body = [1], Headers = [("x-amz-storage-class", "NONE")] },
                Refused("get of a range beyond the end with an If-Match that fails", "GET", small, 412, "PreconditionFailed") with { Headers = [("If-Match", "\"0\""), ("Range", "bytes=9000000-")] },
                Refused("put with an unknown ACL into a bucket that is not there", "PUT", $"{Nowhere}/key", 400, "InvalidArgument") with { Body = [1], Headers = [("x-amz-acl", "none")] },
                Refused("put with a wrong checksum into a bucket that is not there", "PUT", $"{Nowhere}/key", 404, "NoSuchBucket") with { Body = [1], Headers = [("x-amz-checksum-crc32c", "AAAAAA==")] },
            ],
            round);
    }

    private static IEnumerable<T> Some<T>(T[] all, int round) => Enumerable.Range(round * EachRound, EachRound).Select(at => all[at % all.Length]);

    private static ProbeRequest Refused(string expectation, string method, string path, int status, string code) =>
        new(expectation, method, path, answer => ProbeScript.Status(answer, status) ?? ProbeScript.Unless(answer.ErrorCode == code, code, answer.ErrorCode));
}
