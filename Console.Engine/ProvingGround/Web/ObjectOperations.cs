using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>Put, get, head and delete of one object.</summary>
internal sealed class ObjectOperations(IObjectStore store, Buckets buckets, Behaviour behaviour)
{
    private static readonly string[] NotServed = ["acl", "attributes", "legal-hold", "partNumber", "restore", "retention", "select", "tagging", "torrent", "uploadId", "uploads", "versionId"];

    private readonly BodyReader _bodies = new();

    public async Task AnswerAsync(S3Request request, Signed signed)
    {
        if (request.Query.Select(pair => pair.Name).FirstOrDefault(NotServed.Contains) is { } sub)
        {
            throw new S3Exception(S3Error.NotImplemented($"The sub-resource ?{sub} of an object"));
        }

        if (!await buckets.ExistsAsync(request.Bucket, request.Gone).ConfigureAwait(false))
        {
            throw new S3Exception(S3Error.NoSuchBucket);
        }

        await (request.Method switch
        {
            "PUT" => PutAsync(request, signed),
            "GET" or "HEAD" => GetAsync(request),
            "DELETE" => DeleteAsync(request),
            _ => throw new S3Exception(S3Error.MethodNotAllowed),
        }).ConfigureAwait(false);
    }

    private async Task PutAsync(S3Request request, Signed signed)
    {
        if (request.Header("x-amz-copy-source").Length > 0)
        {
            throw new S3Exception(S3Error.NotImplemented("Copying"));
        }

        var metadata = UserMetadata.Read(request);
        var contentType = request.Context.Request.ContentType;
        if (contentType?.Length > 256)
        {
            throw new S3Exception(S3Error.InvalidArgument("Content-Type is longer than 256 characters."));
        }

        var (content, md5) = await _bodies.ReadAsync(request, signed).ConfigureAwait(false);
        try
        {
            behaviour.OnStore(content);
            var kept = await store.PutAsync(new NewObject(request.Bucket, request.Key, md5, contentType, metadata), content, request.Gone).ConfigureAwait(false);
            request.Context.Response.Headers.ETag = $"\"{kept.ETag}\"";
        }
        finally
        {
            _bodies.Release(content.Length);
        }
    }

    private async Task GetAsync(S3Request request)
    {
        var found = await store.GetAsync(request.Bucket, request.Key, request.Gone).ConfigureAwait(false) ?? throw new S3Exception(S3Error.NoSuchKey);
        var response = request.Context.Response;
        Describe(response, found.Header);
        var conditions = new Conditions(
            request.Headers.IfMatch.ToString(),
            behaviour.HonoursIfNoneMatch ? request.Headers.IfNoneMatch.ToString() : "",
            request.Headers.IfModifiedSince.ToString(),
            request.Headers.IfUnmodifiedSince.ToString());
        switch (conditions.Judge(found.Header.ETag, found.Header.Modified))
        {
            case ConditionOutcome.Failed:
                throw new S3Exception(S3Error.PreconditionFailed);
            case ConditionOutcome.NotModified:
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
        }

        if (!ByteRange.TryParse(request.Headers.Range.ToString(), found.Header.Size, out var range))
        {
            response.Headers.ContentRange = $"bytes */{found.Header.Size}";
            throw new S3Exception(S3Error.InvalidRange);
        }

        var content = found.Content;
        if (range is not null)
        {
            behaviour.OnRange();
            content = content.Slice((int)range.From, (int)range.Length);
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = range.ContentRange(found.Header.Size);
        }

        response.ContentLength = content.Length;
        response.ContentType = found.Header.ContentType ?? "binary/octet-stream";
        if (request.Method == "GET")
        {
            await response.Body.WriteAsync(content, request.Gone).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(S3Request request)
    {
        await store.DeleteAsync(request.Bucket, request.Key, request.Gone).ConfigureAwait(false);
        request.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void Describe(HttpResponse response, ObjectHeader header)
    {
        response.Headers.ETag = $"\"{header.ETag}\"";
        response.Headers.LastModified = header.Modified.ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        response.Headers.AcceptRanges = "bytes";
        foreach (var (name, value) in header.Metadata)
        {
            response.Headers[UserMetadata.Prefix + name] = value;
        }
    }
}
