using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Multipart uploads until they are joined: begin, put a part, abort.</summary>
internal sealed class Uploads(FrontParts parts)
{
    public async Task CreateAsync(Admitted request)
    {
        var (call, response) = (request.Call, request.Request.Response);
        var checksum = ChecksumOf(call);
        var encryption = parts.Key.Begin(call)?.Kept;
        var template = new ObjectEntry(call.Bucket, call.Key, 0, "", request.Account, [])
        {
            Headers = StoredHeaders.Read(call),
            Metadata = StoredHeaders.Metadata(call),
            Tags = Tags.Of(Tags.Parse(call.Header(Tags.Header))),
            Acl = CannedAcl.Of(call),
            Checksum = checksum,
            Encryption = encryption,
        };
        var id = Guid.NewGuid().ToString("N");
        await parts.ApplyAsync(new CreateUpload(new Upload(id, template)), request.Gone).ConfigureAwait(false);
        ObjectHeaders.Encrypted(response, encryption);
        if (checksum is not null)
        {
            response.Headers["x-amz-checksum-algorithm"] = checksum.Algorithm;
            response.Headers["x-amz-checksum-type"] = ObjectHeaders.TypeOf(checksum);
        }

        await request.Request.AnswerXmlAsync(S3Xml.Write("InitiateMultipartUploadResult", xml =>
        {
            xml.Text("Bucket", call.Bucket);
            xml.Text("Key", call.Key);
            xml.Text("UploadId", id);
        })).ConfigureAwait(false);
    }

    public async Task PartAsync(Admitted request)
    {
        var (call, body, upload, response) = (request.Call, request.Body, request.It.Upload!, request.Request.Response);
        parts.Behaviour.OnStore(body.Content);
        await parts.Behaviour.OnBytesAsync(body.Content.Length, request.Gone).ConfigureAwait(false);
        var key = parts.Key.Open(upload.Template.Encryption, call, CustomerKey.Prefix);
        var extents = await ObjectWrites.KeepAsync(parts, body, key, request.Gone).ConfigureAwait(false);
        var kept = Kept(body, upload);
        var part = new UploadPart(int.Parse(call.Parameter("partNumber")!, CultureInfo.InvariantCulture), body.Content.Length, ObjectWrites.ETagOf(body, upload.Template.Encryption), extents) { Checksum = kept };
        await parts.ApplyAsync(new PutPart(call.Bucket, call.Key, upload.Id, part), request.Gone).ConfigureAwait(false);
        response.Headers.ETag = ETag.Quoted(part.ETag);
        ObjectHeaders.Encrypted(response, upload.Template.Encryption);
        if (body.Named || upload.Template.Checksum is not null)
        {
            response.Headers[ChecksumAsked.Prefix + body.Checksum.Algorithm.ToLowerInvariant()] = body.Checksum.Value;
        }
    }

    public async Task AbortAsync(Admitted request)
    {
        await parts.ApplyAsync(new AbortUpload(request.Call.Bucket, request.Call.Key, request.It.Upload!.Id), request.Gone).ConfigureAwait(false);
        request.Request.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>An upload that names no algorithm gets the store's own over the whole object, so each of its parts is kept with that one, whatever checked its way here.</summary>
    private static ObjectChecksum Kept(Body body, Upload upload) =>
        upload.Template.Checksum is not null || body.Checksum.Algorithm == "CRC64NVME" ? body.Checksum : new ObjectChecksum("CRC64NVME", Checksums.RunningChecksum.Of("CRC64NVME", body.Content));

    /// <summary>What the upload's parts and the object will be checked with; null where the customer leaves it to the store.</summary>
    private static ObjectChecksum? ChecksumOf(S3Call call)
    {
        var (algorithm, type) = (call.Header("x-amz-checksum-algorithm").ToUpperInvariant(), call.Header("x-amz-checksum-type").ToUpperInvariant());
        if (algorithm.Length == 0)
        {
            return type.Length == 0 ? null : throw new S3Exception(S3Error.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."));
        }

        if (!ChecksumAsked.Algorithms.ContainsKey(algorithm))
        {
            throw new S3Exception(S3Error.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]."));
        }

        return type switch
        {
            "" => new ObjectChecksum(algorithm, "", Composite: algorithm != "CRC64NVME"),
            "COMPOSITE" when algorithm != "CRC64NVME" => new ObjectChecksum(algorithm, "", Composite: true),
            "FULL_OBJECT" when algorithm.StartsWith("CRC", StringComparison.Ordinal) => new ObjectChecksum(algorithm, ""),
            "COMPOSITE" or "FULL_OBJECT" => throw new S3Exception(S3Error.InvalidRequest($"The {type} checksum type cannot be used with the {algorithm.ToLowerInvariant()} checksum algorithm.")),
            _ => throw new S3Exception(S3Error.InvalidRequest("Value for x-amz-checksum-type header is invalid.")),
        };
    }
}
