using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using OpsConsole.Engine.ProvingGround;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>Amazon's own client, as it comes, through the router.</summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class AwsSdkTests(GroundFixture ground, ITestOutputHelper output) : IDisposable
{
    private readonly AmazonS3Client _s3 = Make(ground);

    public static AmazonS3Client Make(GroundFixture ground)
    {
        var guest = new GroundFolder(ground.Folder).Accounts().Guest;
        return new AmazonS3Client(
            new BasicAWSCredentials(guest.Id, guest.Secret),
            new AmazonS3Config { ServiceURL = ground.Plan.Router.Address.ToString(), ForcePathStyle = true, AuthenticationRegion = ground.Plan.Region });
    }

    public void Dispose() => _s3.Dispose();

    [Fact]
    public void Serves_in_at_most_2500_MB()
    {
        var bytes = ground.Bytes();
        output.WriteLine($"started in {ground.StartedIn.TotalSeconds:F1} s, {bytes / 1e6:F0} MB in {ground.Plan.Hosts.Length} processes");
        Assert.InRange(bytes, 1, 2_500_000_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(300_000)]
    public async Task Gets_back_what_was_put(int size)
    {
        var bucket = $"sdk-put-{size}";
        await _s3.PutBucketAsync(bucket);
        var body = new byte[size];
        new Random(size).NextBytes(body);
        var put = new PutObjectRequest { BucketName = bucket, Key = $"a key/with ~ spaces+plus/ünïcode/{size}", InputStream = new MemoryStream(body), ContentType = "text/x-test" };
        put.Metadata.Add("who", "sdk");
        var answered = await _s3.PutObjectAsync(put);
        using var got = await _s3.GetObjectAsync(bucket, put.Key);
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        Assert.Equal(body, read.ToArray());
        Assert.Equal(answered.ETag, got.ETag);
        Assert.Equal("sdk", got.Metadata["who"]);
        Assert.Equal("text/x-test", got.Headers.ContentType);
        var head = await _s3.GetObjectMetadataAsync(bucket, put.Key);
        Assert.Equal(size, head.ContentLength);
    }

    [Fact]
    public async Task Lists_by_prefix_and_delimiter_page_by_page()
    {
        await _s3.PutBucketAsync("sdk-list");
        string[] keys = ["a", "b/1", "b/2", "b/3", "c", "d/1", "e"];
        foreach (var key in keys)
        {
            await _s3.PutObjectAsync(new PutObjectRequest { BucketName = "sdk-list", Key = key, ContentBody = key });
        }

        var seen = new List<string>();
        var request = new ListObjectsV2Request { BucketName = "sdk-list", Delimiter = "/", MaxKeys = 2 };
        ListObjectsV2Response page;
        do
        {
            page = await _s3.ListObjectsV2Async(request);
            seen.AddRange((page.S3Objects ?? []).Select(found => found.Key).Concat(page.CommonPrefixes ?? []));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        Assert.Equal(["a", "b/", "c", "d/", "e"], seen.Order(StringComparer.Ordinal));
        var under = await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "sdk-list", Prefix = "b/", StartAfter = "b/1" });
        Assert.Equal(["b/2", "b/3"], under.S3Objects.Select(found => found.Key));
        Assert.Contains("sdk-list", (await _s3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName));
    }

    [Fact]
    public async Task Deletes_objects_and_empty_buckets_only()
    {
        await _s3.PutBucketAsync("sdk-delete");
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = "sdk-delete", Key = "one", ContentBody = "1" });
        var full = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.DeleteBucketAsync("sdk-delete"));
        Assert.Equal("BucketNotEmpty", full.ErrorCode);
        await _s3.DeleteObjectAsync("sdk-delete", "one");
        var gone = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => _s3.GetObjectAsync("sdk-delete", "one"));
        Assert.Equal("NoSuchKey", gone.ErrorCode);
        await _s3.DeleteBucketAsync("sdk-delete");
        var missing = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "sdk-delete" }));
        Assert.Equal("NoSuchBucket", missing.ErrorCode);
    }

    [Fact]
    public async Task Honours_ranges_and_conditions()
    {
        await _s3.PutBucketAsync("sdk-range");
        var etag = (await _s3.PutObjectAsync(new PutObjectRequest { BucketName = "sdk-range", Key = "k", ContentBody = "0123456789" })).ETag;
        using var part = await _s3.GetObjectAsync(new GetObjectRequest { BucketName = "sdk-range", Key = "k", ByteRange = new ByteRange(2, 4) });
        using var reader = new StreamReader(part.ResponseStream, Encoding.ASCII);
        Assert.Equal("234", await reader.ReadToEndAsync());
        Assert.Equal("bytes 2-4/10", part.ContentRange);
        var same = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => _s3.GetObjectAsync(new GetObjectRequest { BucketName = "sdk-range", Key = "k", EtagToNotMatch = etag }));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        var other = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => _s3.GetObjectAsync(new GetObjectRequest { BucketName = "sdk-range", Key = "k", EtagToMatch = "\"00\"" }));
        Assert.Equal(HttpStatusCode.PreconditionFailed, other.StatusCode);
    }
}
