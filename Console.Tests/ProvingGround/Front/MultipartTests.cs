using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Front;

[Trait("Category", "Integration")]
public sealed class MultipartTests : FrontTests
{
    private const int PartBytes = 5 * 1024 * 1024;

    private static readonly (byte[] First, byte[] Second) Halves = (Bytes(PartBytes, 1), Bytes(1_000, 2));

    [Theory]
    [InlineData("", "", "CRC64NVME", false)]
    [InlineData("CRC64NVME", "", "CRC64NVME", false)]
    [InlineData("CRC32", "", "CRC32", true)]
    [InlineData("CRC32", "FULL_OBJECT", "CRC32", false)]
    [InlineData("CRC32C", "FULL_OBJECT", "CRC32C", false)]
    [InlineData("CRC32C", "COMPOSITE", "CRC32C", true)]
    [InlineData("SHA256", "", "SHA256", true)]
    [InlineData("SHA1", "COMPOSITE", "SHA1", true)]
    public async Task Parts_become_one_object_with_etag_and_checksum(string algorithm, string type, string kept, bool composite)
    {
        var id = await BeginAsync(algorithm, type);
        var (first, second) = (await PutAsync(id, 1, Halves.First), await PutAsync(id, 7, Halves.Second));
        var done = Is(200, await CompleteAsync(id, (1, first), (7, second)));
        byte[] whole = [.. Halves.First, .. Halves.Second];
        var etag = $"\"{Convert.ToHexStringLower(Md5.Of([.. Md5.Of(Halves.First), .. Md5.Of(Halves.Second)]))}-2\"";
        Assert.Equal(etag, Element(done, "ETag"));
        var value = composite
            ? RunningChecksum.Of(kept, [.. Convert.FromBase64String(RunningChecksum.Of(kept, Halves.First)), .. Convert.FromBase64String(RunningChecksum.Of(kept, Halves.Second))]) + "-2"
            : RunningChecksum.Of(kept, whole);
        var got = Is(200, await Host.SendAsync("GET", "/bucket/big", headers: [("x-amz-checksum-mode", "ENABLED")]));
        Assert.True(whole.AsSpan().SequenceEqual(got.Body));
        Assert.Equal((etag, value, composite ? "COMPOSITE" : "FULL_OBJECT"), (got.Header("ETag"), got.Header($"x-amz-checksum-{kept.ToLowerInvariant()}"), got.Header("x-amz-checksum-type")));
        var part = Is(206, await Host.SendAsync("GET", "/bucket/big", query: [("partNumber", "2")]));
        Assert.True(Halves.Second.AsSpan().SequenceEqual(part.Body));
        Assert.Equal(("2", $"bytes {PartBytes}-{whole.Length - 1}/{whole.Length}"), (part.Header("x-amz-mp-parts-count"), part.Header("Content-Range")));
        Is(404, await Host.SendAsync("GET", "/bucket/big", query: [("uploadId", id)]), "NoSuchUpload");
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_the_upload_stays()
    {
        var id = await BeginAsync();
        var (small, other) = (await PutAsync(id, 1, Halves.Second), await PutAsync(id, 2, Halves.Second));
        Is(400, await CompleteAsync(id, (1, small), (2, other)), "EntityTooSmall");
        Is(400, await CompleteAsync(id, (2, other), (1, small)), "InvalidPartOrder");
        Is(400, await CompleteAsync(id, (1, "\"00000000000000000000000000000000\"")), "InvalidPart");
        Is(400, await CompleteAsync(id, (3, small)), "InvalidPart");
        Is(400, await CompleteAsync(id), "MalformedXML");
        Is(404, await CompleteAsync("none", (1, small)), "NoSuchUpload");
        Is(400, await Host.SendAsync("PUT", "/bucket/big", "x", query: [("partNumber", "10001"), ("uploadId", id)]), "InvalidArgument");
        Is(404, await Host.SendAsync("PUT", "/bucket/big", "x", query: [("partNumber", "1"), ("uploadId", "none")]), "NoSuchUpload");
        Is(200, await CompleteAsync(id, (1, small)));
    }

    [Fact]
    public async Task Uploads_and_parts_are_listed_page_by_page_until_they_are_aborted()
    {
        var id = await BeginAsync();
        for (var number = 1; number <= 3; number++)
        {
            await PutAsync(id, number, Halves.Second);
        }

        var page = await Host.SendAsync("GET", "/bucket/big", query: [("uploadId", id), ("max-parts", "2")]);
        Assert.Equal(("true", "2"), (Element(page, "IsTruncated"), Element(page, "NextPartNumberMarker")));
        Assert.Contains("<PartNumber>3</PartNumber>", Text(await Host.SendAsync("GET", "/bucket/big", query: [("uploadId", id), ("part-number-marker", "2")])), StringComparison.Ordinal);
        var uploads = Is(200, await Host.SendAsync("GET", "/bucket", query: [("uploads", "")]));
        Assert.Equal((id, "big", "guest"), (Element(uploads, "UploadId"), Element(uploads, "Key"), Element(uploads, "ID")));
        Is(204, await Host.SendAsync("DELETE", "/bucket/big", query: [("uploadId", id)]));
        Is(404, await Host.SendAsync("DELETE", "/bucket/big", query: [("uploadId", id)]), "NoSuchUpload");
        Assert.Equal("", Element(await Host.SendAsync("GET", "/bucket", query: [("uploads", "")]), "UploadId"));
    }

    [Fact]
    public async Task A_part_is_copied_out_of_another_object()
    {
        await Host.SendAsync("PUT", "/bucket/source", Halves.First);
        var id = await BeginAsync();
        (string, string)[] query = [("partNumber", "1"), ("uploadId", id)];
        var part = Element(Is(200, await Host.SendAsync("PUT", "/bucket/big", "", [("x-amz-copy-source", "bucket/source"), ("x-amz-copy-source-range", "bytes=10-1009")], query)), "ETag");
        Is(400, await Host.SendAsync("PUT", "/bucket/big", "", [("x-amz-copy-source", "bucket/source"), ("x-amz-copy-source-range", $"bytes=0-{PartBytes}")], query), "InvalidArgument");
        Is(400, await Host.SendAsync("PUT", "/bucket/big", "", [("x-amz-copy-source", "bucket/source"), ("x-amz-copy-source-range", "10-20")], query), "InvalidArgument");
        Is(412, await Host.SendAsync("PUT", "/bucket/big", "", [("x-amz-copy-source", "bucket/source"), ("x-amz-copy-source-if-match", "\"0\"")], query), "PreconditionFailed");
        Is(200, await CompleteAsync(id, (1, part)));
        Assert.Equal(Halves.First[10..1010], (await Host.SendAsync("GET", "/bucket/big")).Body);
    }

    private async Task<string> BeginAsync(string algorithm = "", string type = "")
    {
        var headers = new[] { ("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", type) }.Where(header => header.Item2.Length > 0).ToArray();
        return Element(Is(200, await Host.SendAsync("POST", "/bucket/big", "", headers, [("uploads", "")])), "UploadId");
    }

    private async Task<string> PutAsync(string id, int number, byte[] content) =>
        Is(200, await Host.Client().SendAsync(Host.Address, "PUT", "/bucket/big", default, content, query: [("partNumber", $"{number}"), ("uploadId", id)])).Header("ETag");

    private Task<S3Answer> CompleteAsync(string id, params (int Number, string ETag)[] parts) =>
        Host.SendAsync("POST", "/bucket/big", $"<CompleteMultipartUpload>{string.Concat(parts.Select(part => $"<Part><PartNumber>{part.Number}</PartNumber><ETag>{part.ETag}</ETag></Part>"))}</CompleteMultipartUpload>", query: [("uploadId", id)]);
}
