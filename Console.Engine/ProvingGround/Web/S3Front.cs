using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>Answers S3's requests: who, what, and every error in S3's own form with a request id.</summary>
internal sealed class S3Front(IObjectStore store, Authenticator authenticator, Behaviour behaviour, Func<bool> readOnly, string region, TimeProvider clock)
{
    private readonly BucketOperations _buckets = new(store, new Buckets(store, clock), region);
    private readonly ObjectOperations _objects = new(store, new Buckets(store, clock), behaviour);
    private readonly string _idPrefix = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("X", CultureInfo.InvariantCulture);
    private long _ids;

    public async Task HandleAsync(HttpContext context)
    {
        var id = $"{_idPrefix}{Interlocked.Increment(ref _ids):X6}";
        context.Response.Headers["x-amz-request-id"] = id;
        var request = S3Request.Read(context);
        try
        {
            await behaviour.OnRequestAsync(request.Gone).ConfigureAwait(false);
            await AnswerAsync(request, authenticator.Check(request)).ConfigureAwait(false);
        }
        catch (S3Exception e)
        {
            await WriteAsync(request, e.Error, id).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            await WriteAsync(request, S3Error.Unavailable(e.Message), id).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(request, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? S3Error.EntityTooLarge : S3Error.InvalidRequest(e.Message), id).ConfigureAwait(false);
        }
        catch (Exception) when (request.Gone.IsCancellationRequested)
        {
            // The customer has gone; there is nobody to answer.
        }
#pragma warning disable CA1031 // The edge of the process: whatever a build does wrong is one customer's error, not the host's end.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await System.Console.Error.WriteLineAsync($"{id} {request.Method} {request.Bucket}: {e.GetType().Name}: {e.Message}").ConfigureAwait(false);
            await WriteAsync(request, S3Error.InternalError, id).ConfigureAwait(false);
        }
    }

    private Task AnswerAsync(S3Request request, Signed signed)
    {
        if (request.Method is "PUT" or "POST" or "DELETE" && readOnly())
        {
            throw new S3Exception(S3Error.Unavailable("this host takes no writes now."));
        }

        if (request.Bucket.Length == 0)
        {
            return request.Method == "GET" ? _buckets.ListAllAsync(request) : throw new S3Exception(S3Error.MethodNotAllowed);
        }

        OldNames.Check(request);
        return request.Key.Length == 0 ? _buckets.AnswerAsync(request, signed) : _objects.AnswerAsync(request, signed);
    }

    private static async Task WriteAsync(S3Request request, S3Error error, string id)
    {
        var response = request.Context.Response;
        if (response.HasStarted)
        {
            request.Context.Abort();
            return;
        }

        response.StatusCode = error.Status;
        if (request.Method == "HEAD")
        {
            return;
        }

        var body = S3Xml.Error(error, request.Path, id);
        response.ContentType = "application/xml";
        response.ContentLength = body.Length;
        try
        {
            await response.Body.WriteAsync(body, request.Gone).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The customer has gone.
        }
    }
}
