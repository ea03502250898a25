using System.Collections.Immutable;
using System.Globalization;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>What the line and the headers say by themselves, whatever is stored.</summary>
internal static class RequestGates
{
    public static ImmutableArray<Gate> Address { get; } =
    [
        new("uri", GateNeeds.Request, it => it.Call.Path.StartsWith('/') && (it.Call.Bucket.Length > 0 || it.Call.Path.Length == 1) ? null : S3Error.InvalidUri),
        new("method", GateNeeds.Request, it => it.Is(S3Operation.None) ? S3Error.MethodNotAllowed : null),
        new("bucket-name", GateNeeds.Request, it => it.Call.Bucket.Length == 0 || S3Names.IsBucket(it.Call.Bucket) ? null : S3Error.InvalidBucketName),
        new("key-name", GateNeeds.Request, it => S3Names.WrongKey(it.Call.Key)),
    ];

    public static ImmutableArray<Gate> Headers { get; } =
    [
        new("served", GateNeeds.Request, it => it.Is(S3Operation.NotServed) ? S3Error.NotImplemented("This sub-resource") : null),
        new("takes-writes", GateNeeds.Request, it => it.TakesWrites || !it.Form.Writes ? null : S3Error.Unavailable("this host takes no writes now.")),
        new("md5-form", GateNeeds.Request, it => it.Call.Headers.TryGetValue("Content-MD5", out var md5) && !IsMd5(md5) ? S3Error.InvalidDigest : null),
        new("checksum-form", GateNeeds.Request, it => it.Form.Body == S3Body.None ? null : ChecksumAsked.Wrong(it.Call)),
        new("encryption", GateNeeds.Request, Encryption),
        new("customer-key", GateNeeds.Request, it => CustomerKey.Wrong(it.Call, CustomerKey.Prefix) ?? CustomerKey.Wrong(it.Call, CustomerKey.CopyPrefix)),
        new("acl", GateNeeds.Request, it => it.Form.Writes ? CannedAcl.Wrong(it.Call) : null),
        new("storage-class", GateNeeds.Request, it => it.Call.Header("x-amz-storage-class") is "" or "STANDARD" ? null : S3Error.InvalidStorageClass),
        new("lock", GateNeeds.Request, it => it.Call.Headers.Keys.Any(name => name.StartsWith("x-amz-object-lock-", StringComparison.OrdinalIgnoreCase)) || it.Call.Header("x-amz-bucket-object-lock-enabled") == "true" ? S3Error.NotImplemented("Object lock") : null),
        new("tags", GateNeeds.Request, it => it.Call.Header(S3.Tags.Header) is { Length: > 0 } tags ? S3.Tags.Wrong(S3.Tags.Parse(tags)) : null),
        new("metadata", GateNeeds.Request, it => it.Form.Writes && it.Form.Depth == 2 && (StoredHeaders.Bytes(StoredHeaders.Metadata(it.Call)) > S3Limits.MaxMetadata || StoredHeaders.Bytes(StoredHeaders.Read(it.Call)) > S3Limits.MaxStoredHeaders) ? S3Error.MetadataTooLarge : null),
        new("write-conditions", GateNeeds.Request, WriteConditions),
        new("arguments", GateNeeds.Request, Arguments),
        new("copy-form", GateNeeds.Request, CopyForm),
    ];

    private static S3Error? Encryption(Situation it) =>
        it.Call.Header("x-amz-server-side-encryption") switch
        {
            "" when it.Call.Header("x-amz-server-side-encryption-aws-kms-key-id").Length > 0 => S3Error.InvalidArgument("The key id of a key management service needs x-amz-server-side-encryption: aws:kms."),
            "" => null,
            _ when !it.Form.Writes => S3Error.InvalidArgument("x-amz-server-side-encryption header is not supported for this operation."),
            _ when it.Call.Header(CustomerKey.Prefix + "algorithm").Length > 0 => S3Error.InvalidArgument("Server Side Encryption with Customer provided key is incompatible with the encryption method specified."),
            "AES256" => null,
            "aws:kms" or "aws:kms:dsse" => S3Error.NotImplemented("A key management service"),
            _ => S3Error.InvalidArgument("The encryption method specified is not supported."),
        };

    private static S3Error? WriteConditions(Situation it) =>
        !it.Form.Writes ? null
        : it.Call.Header("If-None-Match") is not ("" or "*") || it.Call.Headers.Keys.Any(name => name.StartsWith("x-amz-if-match-", StringComparison.OrdinalIgnoreCase)) ? S3Error.NotImplemented("A header you provided implies functionality that")
        : it.Call.Header("If-Match").Length > 0 && it.Call.Header("If-None-Match").Length > 0 ? S3Error.InvalidRequest("If-Match and If-None-Match cannot be in one request.")
        : null;

    private static S3Error? Arguments(Situation it)
    {
        foreach (var (name, most) in Numbers)
        {
            if (it.Call.Parameter(name) is { } value && (name == "partNumber" || value.Length > 0) && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (name != "partNumber" || number >= 1) && number <= most))
            {
                return S3Error.InvalidArgument(name == "partNumber" ? "Part number must be an integer between 1 and 10000, inclusive" : $"Argument {name} must be an integer between 0 and {most}.");
            }
        }

        return it.Is(S3Operation.UploadPart, S3Operation.UploadPartCopy) && !it.Call.Has("partNumber") ? S3Error.InvalidArgument("This operation needs a part number.")
            : it.Is(S3Operation.PutObject) && it.Call.Has("partNumber") ? S3Error.InvalidArgument("A part needs the id of its upload.")
            : it.Call.Parameter("encoding-type") is not (null or "" or "url") ? S3Error.InvalidArgument("Invalid Encoding Method specified in Request")
            : it.Is(S3Operation.ListObjectsV2) && it.Call.Parameter("list-type") != "2" ? S3Error.InvalidArgument("list-type must be 2.")
            : it.Call.Has("allow-unordered") && it.Call.Parameter("delimiter") is { Length: > 0 } ? S3Error.InvalidArgument("An unordered listing has no delimiter.")
            : it.Is(S3Operation.GetObject, S3Operation.HeadObject) && it.Call.Has("partNumber") && it.Call.Header("Range").Length > 0 ? S3Error.InvalidRequest("Cannot specify both Range header and partNumber query parameter")
            : StoredHeaders.Overrides(it.Call).Any(one => one.Value.Any(char.IsControl)) ? S3Error.InvalidArgument("A header's value cannot hold control characters.")
            : it.Is(S3Operation.GetObject, S3Operation.HeadObject) && it.Auth.Account is null && StoredHeaders.Overrides(it.Call).Any() ? S3Error.InvalidRequest("Request specific response headers cannot be used for anonymous GET requests.")
            : null;
    }

    private static S3Error? CopyForm(Situation it) =>
        !it.Form.Copies ? null
        : CopySource.Parse(it.Call.Header(CopySource.Header)) is not { } source ? S3Error.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
        : it.Call.Header("x-amz-metadata-directive") is not ("" or "COPY" or "REPLACE") || it.Call.Header("x-amz-tagging-directive") is not ("" or "COPY" or "REPLACE") ? S3Error.InvalidArgument("Unknown directive: it is COPY or REPLACE.")
        : it.Is(S3Operation.CopyObject) && source.Bucket == it.Call.Bucket && source.Key == it.Call.Key && !ChangesSomething(it.Call) ? S3Error.InvalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.")
        : null;

    private static bool ChangesSomething(S3Call call) =>
        call.Header("x-amz-metadata-directive") == "REPLACE" || call.Header("x-amz-tagging-directive") == "REPLACE" || call.Header("x-amz-server-side-encryption").Length > 0 || call.Header(CustomerKey.Prefix + "algorithm").Length > 0 || call.Header("x-amz-storage-class").Length > 0;

    private static readonly (string Name, int Most)[] Numbers =
        [("max-keys", int.MaxValue), ("max-uploads", int.MaxValue), ("max-parts", int.MaxValue), ("max-buckets", 10_000), ("part-number-marker", int.MaxValue), ("partNumber", S3Limits.MaxParts)];

    private static bool IsMd5(string value)
    {
        Span<byte> bytes = stackalloc byte[32];
        return value.Length is > 0 and <= 32 && Convert.TryFromBase64String(value, bytes, out var written) && written == 16;
    }
}
