using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Front;

namespace OpsConsole.Tests.ProvingGround.Front;

[Trait("Category", "Integration")]
public sealed class EncryptionTests : FrontTests
{
    private static readonly byte[] Key = Bytes(32, 9);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FrameCipher.FrameBytes)]
    [InlineData((3 * FrameCipher.FrameBytes) + 17)]
    [InlineData(9_000_000)]
    public async Task Sealed_bytes_come_back_whole_and_in_ranges(int size)
    {
        var body = Bytes(size, size);
        foreach (var headers in ((string, string)[][])[[("x-amz-server-side-encryption", "AES256")], CustomerHeaders(CustomerKey.Prefix, Key)])
        {
            Is(200, await Host.SendAsync("PUT", "/bucket/k", body, headers));
            var reading = headers.Length == 1 ? [] : headers;
            var got = Is(200, await Host.SendAsync("GET", "/bucket/k", headers: reading));
            Assert.True(body.AsSpan().SequenceEqual(got.Body));
            Assert.Equal("AES256", got.Header(headers[0].Item1));
            var random = new Random(size);
            for (var i = 0; i < 5 && size > 0; i++)
            {
                var from = random.Next(size);
                var to = Math.Min(size - 1, from + random.Next(200_000));
                var part = Is(206, await Host.SendAsync("GET", "/bucket/k", headers: [.. reading, ("Range", $"bytes={from}-{to}")]));
                Assert.True(body.AsSpan(from, to - from + 1).SequenceEqual(part.Body), $"bytes {from} to {to} of {size}");
            }
        }
    }

    [Fact]
    public async Task What_lies_in_the_storage_fleet_is_not_what_was_put()
    {
        var body = new byte[300_000];
        await Host.SendAsync("PUT", "/bucket/k", body, ("x-amz-server-side-encryption", "AES256"));
        var (_, found) = await Host.Index.FindAsync("bucket", "k", default);
        var stored = new List<byte>();
        await foreach (var some in Host.Blobs.ReadAsync(found!.Extents, 0, found.Extents.Sum(extent => (long)extent.Length), default))
        {
            stored.AddRange(some.ToArray());
        }

        Assert.Equal(FrameCipher.SealedSize(body.Length), stored.Count);
        Assert.True(stored.Count(one => one == 0) < stored.Count / 100, "zeros lie there as zeros");
        Assert.Equal(Convert.ToHexStringLower(Md5.Of(body)), found.ETag);
    }

    [Fact]
    public async Task A_customers_object_opens_with_that_key_only()
    {
        await Host.SendAsync("PUT", "/bucket/k", Bytes(100), CustomerHeaders(CustomerKey.Prefix, Key));
        Is(400, await Host.SendAsync("GET", "/bucket/k"), "InvalidRequest");
        Is(400, await Host.SendAsync("HEAD", "/bucket/k"));
        Is(400, await Host.SendAsync("GET", "/bucket/k", headers: CustomerHeaders(CustomerKey.Prefix, Bytes(32, 3))), "InvalidRequest");
        Is(400, await Host.SendAsync("PUT", "/bucket/l", "", [.. CustomerHeaders(CustomerKey.Prefix, Key)[1..]]), "InvalidArgument");
        Is(400, await Host.SendAsync("PUT", "/bucket/l", "", [.. CustomerHeaders(CustomerKey.Prefix, Key)[..2], (CustomerKey.Prefix + "key-md5", "AAAA")]), "InvalidArgument");
        Is(400, await Host.SendAsync("PUT", "/bucket/l", "", CustomerHeaders(CustomerKey.Prefix, Bytes(16))), "InvalidArgument");
        Is(400, await Host.SendAsync("PUT", "/bucket/l", "", [.. CustomerHeaders(CustomerKey.Prefix, Key), ("x-amz-server-side-encryption", "AES256")]), "InvalidArgument");
        Is(400, await Host.SendAsync("PUT", "/bucket/l", "", [("x-amz-server-side-encryption", "ROT13")]), "InvalidArgument");
        Is(200, await Host.SendAsync("PUT", "/bucket/open", "", [.. CustomerHeaders(CustomerKey.CopyPrefix, Key), ("x-amz-copy-source", "bucket/k")]));
        Assert.Equal(Bytes(100), (await Host.SendAsync("GET", "/bucket/open")).Body);
    }

    [Fact]
    public async Task Parts_are_sealed_each_for_itself()
    {
        var customer = CustomerHeaders(CustomerKey.Prefix, Key);
        var (first, second) = (Bytes(5 * 1024 * 1024, 1), Bytes(70_000, 2));
        var id = Element(Is(200, await Host.SendAsync("POST", "/bucket/big", "", customer, [("uploads", "")])), "UploadId");
        Is(400, await Host.SendAsync("PUT", "/bucket/big", "x", query: [("partNumber", "1"), ("uploadId", id)]), "InvalidRequest");
        var etags = new List<string>();
        foreach (var part in (byte[][])[first, second])
        {
            etags.Add(Is(200, await Host.Client().SendAsync(Host.Address, "PUT", "/bucket/big", default, part, customer, [("partNumber", $"{etags.Count + 1}"), ("uploadId", id)])).Header("ETag"));
        }

        Is(200, await Host.SendAsync("POST", "/bucket/big", $"<CompleteMultipartUpload>{string.Concat(etags.Select((etag, at) => $"<Part><PartNumber>{at + 1}</PartNumber><ETag>{etag}</ETag></Part>"))}</CompleteMultipartUpload>", query: [("uploadId", id)]));
        byte[] whole = [.. first, .. second];
        Assert.Equal(whole, Is(200, await Host.SendAsync("GET", "/bucket/big", headers: customer)).Body);
        var across = Is(206, await Host.SendAsync("GET", "/bucket/big", headers: [.. customer, ("Range", $"bytes={first.Length - 10}-{first.Length + 9}")]));
        Assert.True(whole.AsSpan(first.Length - 10, 20).SequenceEqual(across.Body));
    }

    private static (string, string)[] CustomerHeaders(string prefix, byte[] key) =>
        [(prefix + "algorithm", "AES256"), (prefix + "key", Convert.ToBase64String(key)), (prefix + "key-md5", Convert.ToBase64String(Md5.Of(key)))];
}
