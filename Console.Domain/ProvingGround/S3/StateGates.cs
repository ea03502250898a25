using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>What is stored, who may have it, and what was asked of it.</summary>
internal static class StateGates
{
    public static ImmutableArray<Gate> All { get; } =
    [
        new("bucket", GateNeeds.State, it => it.Call.Bucket.Length == 0 || it.Is(S3Operation.CreateBucket) || it.Bucket is not null ? null : S3Error.NoSuchBucket),
        new("allowed", GateNeeds.State, Allowed),
        new("length", GateNeeds.State, Length),
        new("source-bucket", GateNeeds.State, it => !it.Form.Copies || it.SourceBucket is not null ? null : S3Error.NoSuchBucket),
        new("source-allowed", GateNeeds.State, it => !it.Form.Copies || it.SourceBucket!.Owner == it.Auth.Account || it.Source?.Acl == Acl.PublicRead ? null : Denied),
        new("upload", GateNeeds.State, it => it.Form.Parameter == "uploadId" && it.Upload is null ? S3Error.NoSuchUpload : null),
        new("object", GateNeeds.State, it => NeedsObject(it.Operation) && it.Object is null ? S3Error.NoSuchKey : null),
        new("source", GateNeeds.State, it => it.Form.Copies && it.Source is null ? S3Error.NoSuchKey : null),
        new("preconditions", GateNeeds.State, it => IsRead(it.Operation) ? Judged(Conditions.OfRead(it.Call), it.Object!) : null),
        new("source-preconditions", GateNeeds.State, SourceConditions),
        new("object-key", GateNeeds.State, it => IsRead(it.Operation) ? KeyFits(it.Call, CustomerKey.Prefix, it.Object!.Encryption) : null),
        new("source-key", GateNeeds.State, it => it.Form.Copies ? KeyFits(it.Call, CustomerKey.CopyPrefix, it.Source!.Encryption) : null),
        new("upload-key", GateNeeds.State, it => it.Is(S3Operation.UploadPart, S3Operation.UploadPartCopy) ? KeyFits(it.Call, CustomerKey.Prefix, it.Upload!.Template.Encryption) : null),
        new("upload-checksum", GateNeeds.State, UploadChecksum),
        new("part", GateNeeds.State, it => IsRead(it.Operation) && it.Call.Parameter("partNumber") is { } part && int.Parse(part, CultureInfo.InvariantCulture) > Math.Max(1, it.Object!.Parts.Length) ? S3Error.InvalidPart : null),
        new("range", GateNeeds.State, it => IsRead(it.Operation) && !ByteRange.TryParse(it.Call.Header("Range"), it.Object!.Size, out _) ? S3Error.InvalidRange : null),
        new("source-range", GateNeeds.State, SourceRange),
    ];

    private static readonly S3Error Denied = S3Error.AccessDenied("Access Denied");

    /// <summary>Who may not look may not learn whether it exists either: a missing object is denied to all who may not list its bucket.</summary>
    private static S3Error? Allowed(Situation it)
    {
        var account = it.Auth.Account;
        return it.Form.Access switch
        {
            S3Access.Signed => account is null ? Denied : null,
            _ when account is not null && it.Bucket?.Owner == account => null,
            S3Access.ReadBucket => it.Bucket?.Acl == Acl.PublicRead ? null : Denied,
            S3Access.ReadObject => (it.Object?.Acl ?? it.Bucket?.Acl) == Acl.PublicRead ? null : Denied,
            _ => Denied,
        };
    }

    private static S3Error? Length(Situation it)
    {
        var streamed = it.Call.Header("x-amz-content-sha256").StartsWith("STREAMING-", StringComparison.Ordinal);
        long? length = streamed ? long.TryParse(it.Call.Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var decoded) ? decoded : null : it.Call.Length;
        return it.Form.Body switch
        {
            S3Body.Content => length is null ? S3Error.MissingContentLength : length > S3Limits.MaxObject ? S3Error.EntityTooLarge : null,
            S3Body.Document => length is null ? S3Error.MissingContentLength : length == 0 ? S3Error.MissingRequestBody : length > S3Limits.MaxDocument ? S3Error.MaxMessageLengthExceeded : null,
            S3Body.OptionalDocument => streamed && length is null ? S3Error.MissingContentLength : length > S3Limits.MaxDocument ? S3Error.MaxMessageLengthExceeded : null,
            _ => null,
        };
    }

    private static bool IsRead(S3Operation operation) => operation is S3Operation.GetObject or S3Operation.HeadObject;

    private static bool NeedsObject(S3Operation operation) => IsRead(operation) || operation is S3Operation.GetObjectAcl or S3Operation.PutObjectAcl or S3Operation.GetObjectTagging or S3Operation.PutObjectTagging or S3Operation.DeleteObjectTagging;

    private static S3Error? Judged(Conditions conditions, ObjectEntry found) =>
        conditions.Judge(found.ETag, found.Modified) switch
        {
            ConditionOutcome.Failed => S3Error.PreconditionFailed,
            ConditionOutcome.NotModified => S3Error.NotModified,
            _ => null,
        };

    /// <summary>Of a copy, also what would be "not modified" is a failed precondition.</summary>
    private static S3Error? SourceConditions(Situation it) => it.Form.Copies && Judged(Conditions.OfSource(it.Call), it.Source!) is not null ? S3Error.PreconditionFailed : null;

    private static S3Error? KeyFits(S3Call call, string prefix, Encryption? kept)
    {
        var key = CustomerKey.Read(call, prefix);
        return kept?.Kind == EncryptionKind.Customer
            ? key is null ? S3Error.InvalidRequest("The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.")
                : key.Fits(kept) ? null
                : S3Error.InvalidRequest("The provided encryption parameters did not match the ones used originally.")
            : key is null ? null
            : S3Error.InvalidRequest("The encryption parameters are not applicable to this object.");
    }

    private static S3Error? UploadChecksum(Situation it) =>
        it.Is(S3Operation.UploadPart) && it.Upload!.Template.Checksum is { } wanted && ChecksumAsked.Read(it.Call) is { } asked && asked.Algorithm != wanted.Algorithm
            ? S3Error.InvalidRequest($"Checksum Type mismatch occurred, expected checksum Type: {wanted.Algorithm.ToLowerInvariant()}, actual checksum Type: {asked.Algorithm.ToLowerInvariant()}")
            : null;

    private static S3Error? SourceRange(Situation it)
    {
        if (!it.Form.Copies)
        {
            return null;
        }

        var range = it.Call.Header("x-amz-copy-source-range");
        var copied = range.Length == 0 ? it.Source!.Size : CopySource.Range(range, it.Source!.Size)?.Length;
        return copied is null ? S3Error.InvalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy, inside the source.")
            : copied > S3Limits.MaxJoined ? S3Error.InvalidRequest("The specified copy source is larger than the maximum allowable size for a copy source: 1 GiB.")
            : null;
    }
}
