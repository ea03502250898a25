using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Put and delete of an object.</summary>
internal sealed class ObjectWrites(FrontParts parts)
{
    /// <summary>How often bytes are written again because the storage fleet changed under them.</summary>
    private const int Attempts = 3;

    public async Task PutAsync(Admitted request)
    {
        var (call, body, response) = (request.Call, request.Body, request.Request.Response);
        parts.Behaviour.OnStore(body.Content);
        await parts.Behaviour.OnBytesAsync(body.Content.Length, request.Gone).ConfigureAwait(false);
        var encryption = parts.Key.Begin(call);
        for (var attempt = 1; ; attempt++)
        {
            var extents = await KeepAsync(parts, body, encryption?.Key, request.Gone).ConfigureAwait(false);
            var entry = new ObjectEntry(call.Bucket, call.Key, body.Content.Length, ETagOf(body, encryption?.Kept), request.Account, extents)
            {
                Headers = StoredHeaders.Read(call),
                Metadata = StoredHeaders.Metadata(call),
                Tags = Tags.Of(Tags.Parse(call.Header(Tags.Header))),
                Acl = CannedAcl.Of(call),
                Checksum = body.Checksum,
                Encryption = encryption?.Kept,
            };
            var answer = await parts.Index.ApplyAsync(Guid.NewGuid(), new PutObject(entry, request.Condition), request.Gone).ConfigureAwait(false);
            if (answer.Done)
            {
                response.Headers.ETag = ETag.Quoted(entry.ETag);
                ObjectHeaders.Checksum(response, entry.Checksum);
                ObjectHeaders.Encrypted(response, entry.Encryption);
                return;
            }

            if (answer.Refusal != IndexRefusal.StalePlacement || attempt == Attempts)
            {
                throw new S3Exception(Refusals.Of(answer.Refusal));
            }
        }
    }

    public async Task DeleteAsync(Admitted request)
    {
        var key = new KeyToDelete(request.Call.Key, request.Condition);
        var answer = await parts.ApplyAsync(new DeleteObjects(request.Call.Bucket, [key]), request.Gone).ConfigureAwait(false);
        if (answer.Each[0] != IndexRefusal.None)
        {
            throw new S3Exception(Refusals.Of(answer.Each[0]));
        }

        request.Request.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task<ImmutableArray<Extent>> KeepAsync(FrontParts parts, Body body, byte[]? key, CancellationToken cancel)
    {
        if (body.Content.Length == 0)
        {
            return [];
        }

        if (key is null)
        {
            return await parts.Blobs.WriteAsync(body.Content, cancel).ConfigureAwait(false);
        }

        using var writer = new ContentWriter(parts.Blobs, key, body.Checksum.Algorithm);
        await writer.AppendAsync(body.Content, cancel).ConfigureAwait(false);
        return (await writer.FinishAsync(cancel).ConfigureAwait(false)).Extents;
    }

    /// <summary>The MD5 of the bytes; not where only the customer has the key, since it would say something of them.</summary>
    public static string ETagOf(Body body, Encryption? encryption) => encryption?.Kind == EncryptionKind.Customer ? Guid.NewGuid().ToString("N") : body.Md5;
}
