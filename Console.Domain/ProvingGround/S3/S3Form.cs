using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>How an operation is told from others, and what is true of all its requests.</summary>
/// <param name="Depth">0: the service, 1: a bucket, 2: an object.</param>
/// <param name="Parameter">A query parameter that must be there; empty for none.</param>
public sealed record S3Form(S3Operation Operation, string Method, int Depth, string Parameter, S3Access Access, S3Body Body = S3Body.None)
{
    /// <summary>Whether <c>x-amz-copy-source</c> must be there; otherwise it must not.</summary>
    public bool Copies { get; init; }

    public bool Writes => Method is "PUT" or "POST" or "DELETE";

    /// <summary>Looked through from the top: the first that fits.</summary>
    public static ImmutableArray<S3Form> All { get; } =
    [
        new(S3Operation.ListBuckets, "GET", 0, "", S3Access.Signed),
        new(S3Operation.GetBucketLocation, "GET", 1, "location", S3Access.Owner),
        new(S3Operation.ListMultipartUploads, "GET", 1, "uploads", S3Access.Owner),
        new(S3Operation.GetBucketAcl, "GET", 1, "acl", S3Access.Owner),
        new(S3Operation.PutBucketAcl, "PUT", 1, "acl", S3Access.Owner, S3Body.OptionalDocument),
        new(S3Operation.DeleteObjects, "POST", 1, "delete", S3Access.Owner, S3Body.Document),
        new(S3Operation.ListObjectsV2, "GET", 1, "list-type", S3Access.ReadBucket),
        new(S3Operation.ListObjects, "GET", 1, "", S3Access.ReadBucket),
        new(S3Operation.CreateBucket, "PUT", 1, "", S3Access.Signed, S3Body.OptionalDocument),
        new(S3Operation.HeadBucket, "HEAD", 1, "", S3Access.ReadBucket),
        new(S3Operation.DeleteBucket, "DELETE", 1, "", S3Access.Owner),
        new(S3Operation.GetObjectTagging, "GET", 2, "tagging", S3Access.Owner),
        new(S3Operation.PutObjectTagging, "PUT", 2, "tagging", S3Access.Owner, S3Body.Document),
        new(S3Operation.DeleteObjectTagging, "DELETE", 2, "tagging", S3Access.Owner),
        new(S3Operation.GetObjectAcl, "GET", 2, "acl", S3Access.Owner),
        new(S3Operation.PutObjectAcl, "PUT", 2, "acl", S3Access.Owner, S3Body.OptionalDocument),
        new(S3Operation.CreateMultipartUpload, "POST", 2, "uploads", S3Access.Owner),
        new(S3Operation.CompleteMultipartUpload, "POST", 2, "uploadId", S3Access.Owner, S3Body.Document),
        new(S3Operation.UploadPartCopy, "PUT", 2, "uploadId", S3Access.Owner) { Copies = true },
        new(S3Operation.UploadPart, "PUT", 2, "uploadId", S3Access.Owner, S3Body.Content),
        new(S3Operation.ListParts, "GET", 2, "uploadId", S3Access.Owner),
        new(S3Operation.AbortMultipartUpload, "DELETE", 2, "uploadId", S3Access.Owner),
        new(S3Operation.CopyObject, "PUT", 2, "", S3Access.Owner) { Copies = true },
        new(S3Operation.PutObject, "PUT", 2, "", S3Access.Owner, S3Body.Content),
        new(S3Operation.GetObject, "GET", 2, "", S3Access.ReadObject),
        new(S3Operation.HeadObject, "HEAD", 2, "", S3Access.ReadObject),
        new(S3Operation.DeleteObject, "DELETE", 2, "", S3Access.Owner),
    ];

    private static readonly S3Form Unknown = new(S3Operation.None, "", 0, "", S3Access.Signed);

    private static readonly S3Form Unserved = new(S3Operation.NotServed, "", 0, "", S3Access.Signed);

    /// <summary>Sub-resources S3 has and this store has not: answered as such, never taken for the bucket or object itself.</summary>
    private static readonly HashSet<string> NotServed =
    [
        "accelerate", "analytics", "attributes", "cors", "encryption", "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "logging", "metadataTable", "metrics", "notification",
        "object-lock", "ownershipControls", "policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment", "restore", "retention", "select", "session", "torrent",
        "versionId", "versioning", "versions", "website",
    ];

    public static S3Form Of(S3Call call)
    {
        var depth = call.Bucket.Length == 0 ? 0 : call.Key.Length == 0 ? 1 : 2;
        foreach (var pair in call.Query)
        {
            if (NotServed.Contains(pair.Name) && !(pair.Name == "versionId" && pair.Value == "null"))
            {
                return Unserved;
            }
        }

        // The tags of a bucket, and what a form in a browser posts to it.
        if (depth == 1 && (call.Has("tagging") || (call.Method == "POST" && !call.Has("delete"))))
        {
            return Unserved;
        }

        var copies = call.Headers.ContainsKey("x-amz-copy-source");
        foreach (var form in All)
        {
            if (form.Depth == depth && form.Method == call.Method && (form.Parameter.Length == 0 || call.Has(form.Parameter)) && (form.Method != "PUT" || form.Depth != 2 || form.Copies == copies || form.Body == S3Body.Document || form.Body == S3Body.OptionalDocument))
            {
                return form;
            }
        }

        return Unknown;
    }
}
