using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Asks the index for what the gates of an operation judge, in as few questions as there can be.</summary>
internal sealed class FactFinder(FrontParts parts)
{
    public async Task<Situation> FindAsync(Situation it, CancellationToken cancel)
    {
        var call = it.Call;
        if (it.Form.Depth == 0)
        {
            return it;
        }

        if (it.Form.Depth == 1 || it.Is(S3Operation.PutObject, S3Operation.DeleteObject, S3Operation.CreateMultipartUpload))
        {
            return it with { Bucket = await parts.Index.BucketAsync(call.Bucket, cancel).ConfigureAwait(false) };
        }

        var (bucket, found) = it.Form.Parameter == "uploadId" || it.Is(S3Operation.CopyObject)
            ? (await parts.Index.BucketAsync(call.Bucket, cancel).ConfigureAwait(false), null)
            : await parts.Index.FindAsync(call.Bucket, call.Key, cancel).ConfigureAwait(false);
        it = it with { Bucket = bucket, Object = found };
        if (it.Form.Parameter == "uploadId" && bucket is not null)
        {
            it = it with { Upload = await parts.Index.UploadAsync(call.Bucket, call.Key, call.Parameter("uploadId")!, cancel).ConfigureAwait(false) };
        }

        if (it.Form.Copies && CopySource.Parse(call.Header(CopySource.Header)) is { } source)
        {
            var (sourceBucket, sourceObject) = await parts.Index.FindAsync(source.Bucket, source.Key, cancel).ConfigureAwait(false);
            it = it with { SourceBucket = sourceBucket, Source = sourceObject };
        }

        return it;
    }
}
