using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Answers S3's requests: through the gates in their order, then the operation; every refusal in S3's own form with a request id.</summary>
internal sealed class S3Front(FrontParts parts, Identifier identifier, Func<bool> readOnly)
{
    private readonly FactFinder _facts = new(parts);
    private readonly BodyReader _bodies = new(parts.Behaviour, parts.Clock);
    private readonly OperationTable _operations = new(parts);
    private readonly string _idPrefix = parts.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("X", CultureInfo.InvariantCulture);
    private long _ids;

    public async Task HandleAsync(HttpContext context)
    {
        var id = $"{_idPrefix}{Interlocked.Increment(ref _ids):X6}";
        context.Response.Headers["x-amz-request-id"] = id;
        context.Response.Headers["x-amz-id-2"] = parts.Life;
        var request = S3Request.Read(context);
        try
        {
            await parts.Behaviour.OnRequestAsync(request.Gone).ConfigureAwait(false);
            await AnswerAsync(request).ConfigureAwait(false);
        }
        catch (S3Exception e)
        {
            await RefuseAsync(request, e.Error, id).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            await RefuseAsync(request, S3Error.Unavailable(e.Message), id).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            var error = e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => S3Error.EntityTooLarge,
                StatusCodes.Status408RequestTimeout => S3Error.RequestTimeout,
                _ => S3Error.IncompleteBody,
            };
            await RefuseAsync(request, error, id).ConfigureAwait(false);
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
            await RefuseAsync(request, S3Error.InternalError, id).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(S3Request request)
    {
        var who = identifier.Look(request.Call);
        var it = new Situation(request.Call, S3Form.Of(request.Call)) { Auth = who.Facts, TakesWrites = !readOnly() };
        var body = Body.Empty;
        var known = GateNeeds.Request;
        IDisposable? room = null;
        try
        {
            foreach (var gate in parts.Behaviour.Refusals)
            {
                if (gate.Needs >= GateNeeds.State && known < GateNeeds.State)
                {
                    (it, known) = (await _facts.FindAsync(it, request.Gone).ConfigureAwait(false), GateNeeds.State);
                }

                if (gate.Needs == GateNeeds.Body && known < GateNeeds.Body)
                {
                    known = GateNeeds.Body;
                    if (it.Form.Body != S3Body.None)
                    {
                        room = parts.Room.Take(BodyReader.LengthOf(request.Call));
                        body = await _bodies.ReadAsync(request, who.Signed, it.Upload?.Template.Checksum?.Algorithm).ConfigureAwait(false);
                        it = it with { Body = body.Facts };
                    }
                }

                if (gate.Check(it) is { } refusal)
                {
                    DescribeRefused(request.Response, it, refusal);
                    throw new S3Exception(refusal);
                }
            }

            await _operations.RunAsync(new Admitted(request, it, body)).ConfigureAwait(false);
        }
        finally
        {
            room?.Dispose();
        }
    }

    /// <summary>What HTTP wants beside two statuses: what has not been modified, and how large the object is that a range missed.</summary>
    private static void DescribeRefused(HttpResponse response, Situation it, S3Error refusal)
    {
        if (refusal == S3Error.NotModified && it.Object is { } same)
        {
            ObjectHeaders.Write(response, same);
        }

        if (refusal == S3Error.InvalidRange && it.Object is { } found)
        {
            response.Headers.ContentRange = $"bytes */{found.Size}";
        }
    }

    private static async Task RefuseAsync(S3Request request, S3Error error, string id)
    {
        var response = request.Response;
        if (response.HasStarted)
        {
            request.Context.Abort();
            return;
        }

        response.StatusCode = error.Status;
        if (request.Method == "HEAD" || error.Status == StatusCodes.Status304NotModified)
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
