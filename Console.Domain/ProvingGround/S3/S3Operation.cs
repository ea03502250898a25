namespace OpsConsole.Domain.ProvingGround.S3;

public enum S3Operation
{
    /// <summary>S3 knows it; this store does not serve it.</summary>
    NotServed,

    /// <summary>S3 has no such thing.</summary>
    None,

    ListBuckets,
    CreateBucket,
    HeadBucket,
    DeleteBucket,
    GetBucketLocation,
    ListObjects,
    ListObjectsV2,
    ListMultipartUploads,
    DeleteObjects,
    GetBucketAcl,
    PutBucketAcl,
    PutObject,
    CopyObject,
    GetObject,
    HeadObject,
    DeleteObject,
    GetObjectTagging,
    PutObjectTagging,
    DeleteObjectTagging,
    GetObjectAcl,
    PutObjectAcl,
    CreateMultipartUpload,
    UploadPart,
    UploadPartCopy,
    ListParts,
    CompleteMultipartUpload,
    AbortMultipartUpload,
}

/// <summary>Who may.</summary>
public enum S3Access
{
    /// <summary>Anybody who signs.</summary>
    Signed,

    /// <summary>The bucket's owner.</summary>
    Owner,

    /// <summary>The bucket's owner; anybody where the bucket is public.</summary>
    ReadBucket,

    /// <summary>The bucket's owner; anybody where the object is public.</summary>
    ReadObject,
}

/// <summary>What follows the headers.</summary>
public enum S3Body
{
    None,

    /// <summary>Bytes to be kept.</summary>
    Content,

    /// <summary>XML, at most <see cref="S3Limits.MaxDocument"/>.</summary>
    Document,

    /// <summary>XML, or nothing.</summary>
    OptionalDocument,
}
