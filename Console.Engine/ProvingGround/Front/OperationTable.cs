using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Which class does which operation.</summary>
internal sealed class OperationTable
{
    private readonly Dictionary<S3Operation, Func<Admitted, Task>> _does;

    public OperationTable(FrontParts parts)
    {
        var (buckets, listings, writes, reads) = (new BucketOperations(parts), new Listings(parts), new ObjectWrites(parts), new ObjectReads(parts));
        var (copies, uploads, joins, uploadLists) = (new Copies(parts), new Uploads(parts), new Joins(parts), new UploadListings(parts));
        var (tags, acls, deletes) = (new TagOperations(parts), new AclOperations(parts), new MultiDelete(parts));
        _does = new()
        {
            [S3Operation.ListBuckets] = buckets.ListAsync,
            [S3Operation.CreateBucket] = buckets.CreateAsync,
            [S3Operation.HeadBucket] = buckets.HeadAsync,
            [S3Operation.DeleteBucket] = buckets.DeleteAsync,
            [S3Operation.GetBucketLocation] = buckets.LocateAsync,
            [S3Operation.ListObjects] = listings.FirstAsync,
            [S3Operation.ListObjectsV2] = listings.SecondAsync,
            [S3Operation.ListMultipartUploads] = uploadLists.UploadsAsync,
            [S3Operation.ListParts] = uploadLists.PartsAsync,
            [S3Operation.DeleteObjects] = deletes.RunAsync,
            [S3Operation.GetBucketAcl] = acls.GetBucketAsync,
            [S3Operation.PutBucketAcl] = acls.PutBucketAsync,
            [S3Operation.GetObjectAcl] = acls.GetObjectAsync,
            [S3Operation.PutObjectAcl] = acls.PutObjectAsync,
            [S3Operation.PutObject] = writes.PutAsync,
            [S3Operation.DeleteObject] = writes.DeleteAsync,
            [S3Operation.GetObject] = reads.GetAsync,
            [S3Operation.HeadObject] = reads.GetAsync,
            [S3Operation.CopyObject] = copies.ObjectAsync,
            [S3Operation.UploadPartCopy] = copies.PartAsync,
            [S3Operation.CreateMultipartUpload] = uploads.CreateAsync,
            [S3Operation.UploadPart] = uploads.PartAsync,
            [S3Operation.AbortMultipartUpload] = uploads.AbortAsync,
            [S3Operation.CompleteMultipartUpload] = joins.CompleteAsync,
            [S3Operation.GetObjectTagging] = tags.GetAsync,
            [S3Operation.PutObjectTagging] = tags.PutAsync,
            [S3Operation.DeleteObjectTagging] = tags.DeleteAsync,
        };
    }

    public Task RunAsync(Admitted request) => _does[request.It.Operation](request);
}
