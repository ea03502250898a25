using System.Globalization;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Copies an object, or bytes of one into a part: the bytes are read, checked and written anew, so that no two objects share any.</summary>
internal sealed class Copies(FrontParts parts)
{
    public async Task ObjectAsync(Admitted request)
    {
        var (call, source) = (request.Call, request.It.Source!);
        var (replaced, retagged) = (call.Header("x-amz-metadata-directive") == "REPLACE", call.Header("x-amz-tagging-directive") == "REPLACE");
        var encryption = parts.Key.Begin(call);
        var algorithm = call.Header("x-amz-checksum-algorithm") is { Length: > 0 } asked && ChecksumAsked.Algorithms.ContainsKey(asked) ? asked.ToUpperInvariant() : source.Checksum?.Algorithm ?? "CRC64NVME";
        var kept = await CopyAsync(request, encryption?.Key, 0, source.Size, algorithm).ConfigureAwait(false);
        var entry = new ObjectEntry(call.Bucket, call.Key, source.Size, encryption?.Kept.Kind == EncryptionKind.Customer ? Guid.NewGuid().ToString("N") : kept.Md5, request.Account, kept.Extents)
        {
            Headers = replaced ? StoredHeaders.Read(call) : source.Headers,
            Metadata = replaced ? StoredHeaders.Metadata(call) : source.Metadata,
            Tags = retagged ? Tags.Of(Tags.Parse(call.Header(Tags.Header))) : source.Tags,
            Acl = CannedAcl.Of(call),
            Checksum = kept.Checksum,
            Encryption = encryption?.Kept,
        };
        var answer = await parts.ApplyAsync(new PutObject(entry, request.Condition), request.Gone).ConfigureAwait(false);
        ObjectHeaders.Encrypted(request.Request.Response, entry.Encryption);
        await AnswerAsync(request, "CopyObjectResult", entry.ETag, answer.Object?.Modified ?? parts.Clock.GetUtcNow(), kept.Checksum).ConfigureAwait(false);
    }

    public async Task PartAsync(Admitted request)
    {
        var (call, source, upload) = (request.Call, request.It.Source!, request.It.Upload!);
        var range = CopySource.Range(call.Header("x-amz-copy-source-range"), source.Size);
        var (from, length) = range is null ? (0, source.Size) : (range.From, range.Length);
        var key = parts.Key.Open(upload.Template.Encryption, call, CustomerKey.Prefix);
        var kept = await CopyAsync(request, key, from, length, upload.Template.Checksum?.Algorithm ?? "CRC64NVME").ConfigureAwait(false);
        var part = new UploadPart(int.Parse(call.Parameter("partNumber")!, CultureInfo.InvariantCulture), length, kept.Md5, kept.Extents) { Checksum = kept.Checksum };
        await parts.ApplyAsync(new PutPart(call.Bucket, call.Key, upload.Id, part), request.Gone).ConfigureAwait(false);
        await AnswerAsync(request, "CopyPartResult", part.ETag, parts.Clock.GetUtcNow(), upload.Template.Checksum is null ? null : kept.Checksum).ConfigureAwait(false);
    }

    private async Task<(System.Collections.Immutable.ImmutableArray<Extent> Extents, string Md5, ObjectChecksum Checksum)> CopyAsync(Admitted request, byte[]? key, long from, long length, string algorithm)
    {
        using var room = parts.Room.Take(ContentWriter.PieceBytes);
        using var writer = new ContentWriter(parts.Blobs, key, algorithm);
        var source = request.It.Source!;
        var sourceKey = parts.Key.Open(source.Encryption, request.Call, CustomerKey.CopyPrefix);
        await foreach (var some in ContentReader.ReadAsync(parts.Blobs, source, sourceKey, from, length, request.Gone).ConfigureAwait(false))
        {
            await writer.AppendAsync(some, request.Gone).ConfigureAwait(false);
        }

        return await writer.FinishAsync(request.Gone).ConfigureAwait(false);
    }

    private static Task AnswerAsync(Admitted request, string root, string etag, DateTimeOffset modified, ObjectChecksum? checksum) =>
        request.Request.AnswerXmlAsync(S3Xml.Write(root, xml =>
        {
            xml.Text("ETag", ETag.Quoted(etag));
            xml.Time("LastModified", modified);
            if (checksum is not null)
            {
                xml.Text(ObjectHeaders.ElementOf(checksum.Algorithm), checksum.Value);
            }
        }));
}
