using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.S3;

/// <summary>Behaviour as customers' programs see it: through Amazon's client for .NET.</summary>
internal sealed class SdkSteps : IStepLibrary
{
    public string Owner => "s3-clients";

    public void Define(StepBook book)
    {
        book.Step("Amazon's client puts the text {string} as {string}", "PutObject.", call => DoAsync(call, async (s3, bucket) => await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = call.Text(1), ContentBody = call.Text(0) }, call.Cancel).ConfigureAwait(false)));
        book.Step("Amazon's client puts the text {string} as {string} only where there is none", "PutObject with If-None-Match.", call => DoAsync(call, async (s3, bucket) => await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = call.Text(1), ContentBody = call.Text(0), IfNoneMatch = "*" }, call.Cancel).ConfigureAwait(false)));
        book.Step("Amazon's client uploads {size} as {string}", "With its transfer utility: in parts of 5 MiB above 5 MiB.", call => DoAsync(call, async (s3, bucket) =>
        {
            using var transfer = new TransferUtility(s3, new TransferUtilityConfig { MinSizeBeforePartUpload = 5 * 1024 * 1024 });
            await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = bucket, Key = call.Text(1), InputStream = new MemoryStream(S3Calls.Bytes(call.Raw<int>(0))), PartSize = 5 * 1024 * 1024 }, call.Cancel).ConfigureAwait(false);
        }));
        book.Step("Amazon's client gets {string}", "GetObject; what it holds is 'the text it got'.", call => DoAsync(call, async (s3, bucket) =>
        {
            using var got = await s3.GetObjectAsync(bucket, call.Text(0), call.Cancel).ConfigureAwait(false);
            using var reader = new StreamReader(got.ResponseStream);
            call.World.Part<SdkWorld>().Text = await reader.ReadToEndAsync(call.Cancel).ConfigureAwait(false);
        }));
        book.Step("Amazon's client gets {size} from {string}", "GetObject; just the bytes that were put.", call => DoAsync(call, async (s3, bucket) =>
        {
            using var got = await s3.GetObjectAsync(bucket, call.Text(1), call.Cancel).ConfigureAwait(false);
            using var read = new MemoryStream();
            await got.ResponseStream.CopyToAsync(read, call.Cancel).ConfigureAwait(false);
            Check.That(read.ToArray().AsSpan().SequenceEqual(S3Calls.Bytes(call.Raw<int>(0))), $"{call.Text(1)} should hold the bytes that were put, and holds {read.Length} others.");
        }));
        book.Step("Amazon's client lists the bucket, {int} at a time", "ListObjectsV2 with its own paginator; the keys are 'the keys it listed'.", call => DoAsync(call, async (s3, bucket) =>
        {
            await foreach (var page in s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, MaxKeys = call.Number(0) }).Responses.WithCancellation(call.Cancel).ConfigureAwait(false))
            {
                call.World.Part<SdkWorld>().Keys.AddRange((page.S3Objects ?? []).Select(found => found.Key));
            }
        }));
        book.Step("Amazon's client deletes {string}", "DeleteObject.", call => DoAsync(call, async (s3, bucket) => await s3.DeleteObjectAsync(bucket, call.Text(0), call.Cancel).ConfigureAwait(false)));
        book.Step("Amazon's client deletes together:", "DeleteObjects of the keys in the table.", call => DoAsync(call, async (s3, bucket) => await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = [.. call.Column.Select(key => new KeyVersion { Key = key })] }, call.Cancel).ConfigureAwait(false)));
        book.Step("Amazon's client copies {string} to {string}", "CopyObject.", call => DoAsync(call, async (s3, bucket) => await s3.CopyObjectAsync(bucket, call.Text(0), bucket, call.Text(1), call.Cancel).ConfigureAwait(false)));
        book.Step("Amazon's client presigns reading {string} for {int} seconds", "GetPreSignedURL; it is ${address}.", call => DoAsync(call, async (s3, bucket) =>
            call.World.Keep("address", await s3.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = bucket, Key = call.Text(0), Expires = call.World.Clock.GetUtcNow().UtcDateTime.AddSeconds(call.Number(1)), Protocol = call.World.Target.Endpoint.Scheme == "http" ? Protocol.HTTP : Protocol.HTTPS }).ConfigureAwait(false))));
        book.Step("the text it got is {string}", "Of the newest GetObject.", call => Check.Same(call.Text(0), call.World.Part<SdkWorld>().Text, "The text Amazon's client got"));
        book.Step("the keys it listed are:", "In the order they came.", call => Check.SameList(call.Column, call.World.Part<SdkWorld>().Keys, "The keys Amazon's client listed"));
        book.Step("it succeeds", "No exception of Amazon's client.", call => Check.Same("", call.World.Part<SdkWorld>().Error, "The error of Amazon's client"));
        book.Step("it fails with {string}", "The error code of the exception.", call => Check.Same(call.Text(0), call.World.Part<SdkWorld>().Error, "The error of Amazon's client"));
    }

    private static async Task DoAsync(StepCall call, Func<AmazonS3Client, string, Task> body)
    {
        var sdk = call.World.Part<SdkWorld>();
        var account = await call.AccountAsync(Math.Max(0, call.S3().Who)).ConfigureAwait(false);
        try
        {
            await body(sdk.Client(call, account.Account), call.S3().Bucket).ConfigureAwait(false);
            sdk.Error = "";
        }
        catch (AmazonServiceException e)
        {
            sdk.Error = string.IsNullOrEmpty(e.ErrorCode) ? ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture) : e.ErrorCode;
        }
    }
}
