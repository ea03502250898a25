using OpsConsole.Engine.Noodles.S3;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>Empties buckets and looks whether they are empty. Every answer is null where all is well, else what is wrong.</summary>
internal sealed class BucketSweeper(RawS3 s3)
{
    /// <summary>A bucket that takes more rounds than this fills faster than it is emptied.</summary>
    private const int MostRounds = 20;

    public async Task<string?> EmptyAsync(string bucket, CancellationToken cancel)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var left = await LeftAsync(bucket, cancel).ConfigureAwait(false);
            if (left.Fault is not null || (left.Keys.Count == 0 && left.Uploads.Count == 0))
            {
                return left.Fault;
            }

            foreach (var key in left.Keys)
            {
                await s3.SendAsync(new("DELETE", bucket, key), cancel).ConfigureAwait(false);
            }

            foreach (var (key, id) in left.Uploads)
            {
                await s3.SendAsync(new("DELETE", bucket, key) { Query = [("uploadId", id)] }, cancel).ConfigureAwait(false);
            }
        }

        return $"the bucket {bucket} is not empty after {MostRounds} rounds";
    }

    public async Task<string?> RemoveAsync(string bucket, CancellationToken cancel)
    {
        if (await s3.SendAsync(new("HEAD", bucket), cancel).ConfigureAwait(false) is { Status: 404 })
        {
            return null;
        }

        if (await EmptyAsync(bucket, cancel).ConfigureAwait(false) is { } fault)
        {
            return fault;
        }

        await s3.SendAsync(new("DELETE", bucket), cancel).ConfigureAwait(false);
        var gone = await s3.SendAsync(new("HEAD", bucket), cancel).ConfigureAwait(false);
        return gone.Status == 404 ? null : $"the bucket {bucket} is still there after it was deleted ({gone.Status})";
    }

    private async Task<(List<string> Keys, List<(string Key, string Id)> Uploads, string? Fault)> LeftAsync(string bucket, CancellationToken cancel)
    {
        var objects = await s3.SendAsync(new("GET", bucket) { Query = [("list-type", "2")] }, cancel).ConfigureAwait(false);
        if (objects.Status != 200)
        {
            return ([], [], objects.Status == 404 && objects.ErrorCode() == "NoSuchBucket" ? $"the bucket {bucket} is gone" : $"listing {bucket} answers {objects.Status}: {S3Answers.Short(objects.Text)}");
        }

        var uploads = await s3.SendAsync(new("GET", bucket) { Query = [("uploads", "")] }, cancel).ConfigureAwait(false);
        var found = uploads.Status == 200 ? uploads.Xml() : null;
        return ([.. objects.Xml().All("Contents/Key")], found is null ? [] : [.. found.All("Upload/Key").Zip(found.All("Upload/UploadId"))], null);
    }
}
