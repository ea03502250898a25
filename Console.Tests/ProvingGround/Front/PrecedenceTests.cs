using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>Of two things wrong with one request the customer is told the one whose gate comes first: all pairs, over the wire.</summary>
[Trait("Category", "Integration")]
public sealed class PrecedenceTests : FrontTests
{
    /// <summary>What is wrong, the gate that refuses it, and the code.</summary>
    private static readonly (string Gate, string Code, Func<Put, Put> Break)[] Wrongs =
    [
        ("bucket-name", "InvalidBucketName", put => put with { Bucket = "No" }),
        ("key-name", "KeyTooLongError", put => put with { Key = new string('k', 1_025) }),
        ("auth-key", "InvalidAccessKeyId", put => put with { Id = "PGNOBODY" }),
        ("auth-signature", "SignatureDoesNotMatch", put => put with { Secret = "wrong" }),
        ("md5-form", "InvalidDigest", put => put with { Headers = [.. put.Headers, ("Content-MD5", "x")] }),
        ("checksum-form", "InvalidRequest", put => put with { Headers = [.. put.Headers, ("x-amz-checksum-crc32", "x")] }),
        ("customer-key", "InvalidEncryptionAlgorithmError", put => put with { Headers = [.. put.Headers, (CustomerKey.Prefix + "algorithm", "ROT13")] }),
        ("acl", "InvalidArgument", put => put with { Headers = [.. put.Headers, ("x-amz-acl", "x")] }),
        ("storage-class", "InvalidStorageClass", put => put with { Headers = [.. put.Headers, ("x-amz-storage-class", "x")] }),
        ("tags", "InvalidTag", put => put with { Headers = [.. put.Headers, ("x-amz-tagging", "a=1&a=2")] }),
        ("metadata", "MetadataTooLarge", put => put with { Headers = [.. put.Headers, ("x-amz-meta-x", new string('x', 2_049))] }),
        ("write-conditions", "NotImplemented", put => put with { Headers = [.. put.Headers, ("If-None-Match", "\"x\"")] }),
        ("bucket", "NoSuchBucket", put => put with { Bucket = "nowhere" }),
        ("body-checksum", "BadDigest", put => put with { Headers = [.. put.Headers, ("x-amz-checksum-sha1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")] }),
    ];

    [Fact]
    public async Task The_earlier_gate_speaks()
    {
        var order = Gates.InOrder.Select(gate => gate.Id).ToList();
        var pairs = 0;
        foreach (var (first, second) in from one in Wrongs from other in Wrongs where order.IndexOf(one.Gate) < order.IndexOf(other.Gate) select (one, other))
        {
            var put = second.Break(first.Break(new Put(Host.Accounts.Guest.Id, Host.Accounts.Guest.Secret)));
            if (Clash(first.Gate, second.Gate))
            {
                continue;
            }

            pairs++;
            Is(new S3ErrorStatus().Of(first.Code), await SendAsync(put), first.Code);
        }

        Assert.True(pairs > Wrongs.Length, $"{pairs} pairs");
    }

    [Fact]
    public async Task Each_alone_is_told()
    {
        foreach (var (gate, code, wrong) in Wrongs)
        {
            Assert.Contains(Gates.InOrder, one => one.Id == gate);
            Assert.Equal(code, (await SendAsync(wrong(new Put(Host.Accounts.Guest.Id, Host.Accounts.Guest.Secret)))).ErrorCode);
        }
    }

    /// <summary>Two that write the same place of a request, and so cannot be wrong both: the second would mend the first.</summary>
    private static bool Clash(string first, string second) => (first, second) is ("bucket-name", "bucket") or ("checksum-form", "body-checksum");

    private Task<S3Answer> SendAsync(Put put) => Host.SendAsync("PUT", $"/{put.Bucket}/{put.Key}", "body", put.Headers, key: new("x", put.Id, put.Secret));

    private sealed record Put(string Id, string Secret)
    {
        public string Bucket { get; init; } = "bucket";

        public string Key { get; init; } = "k";

        public (string, string)[] Headers { get; init; } = [];
    }
}
