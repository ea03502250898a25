using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>
/// Sends a request on to a host and streams the answer back, byte for byte: the signature covers path, host and headers. A host that refuses the connection
/// costs nothing but another try; a request without a body that can be asked twice is asked again elsewhere also when the host dies before it answers.
/// </summary>
internal sealed class Forwarder(RouteTable table, HttpMessageInvoker http, TimeProvider clock)
{
    private const int MostTries = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Proxy-Connection", "Expect",
    };

    public async Task ForwardAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var operation = Operations.Of(context.Request.Method, target);
        var tried = new List<string>(MostTries);
        while (tried.Count < MostTries && table.Pick(tried) is { } chosen)
        {
            tried.Add(chosen.Host.Id);
            chosen.State.Enter();
            try
            {
                if (await TryAsync(context, chosen.Host, chosen.State, operation, target).ConfigureAwait(false))
                {
                    return;
                }
            }
            finally
            {
                chosen.State.Leave();
            }
        }

        await RefuseAsync(context, tried).ConfigureAwait(false);
    }

    /// <summary>False where another host may be tried.</summary>
    private async Task<bool> TryAsync(HttpContext context, GroundHost host, RoutedHost state, string operation, string target)
    {
        var began = clock.GetTimestamp();
        using var request = Copy(context.Request, host, target);
        using var limit = new CancellationTokenSource(LongestWait, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            state.Count(operation, 0, clock.GetElapsedTime(began));
            var refused = e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
            if (refused)
            {
                state.Refused();
            }

            if (request.Content is not ForwardedBody { Begun: true })
            {
                return false;
            }

            await RefuseAsync(context, [host.Id]).ConfigureAwait(false);
            return true;
        }

        using (answer)
        {
            state.Count(operation, (int)answer.StatusCode, clock.GetElapsedTime(began));
            await AnswerAsync(context, answer, state).ConfigureAwait(false);
            return true;
        }
    }

    private static HttpRequestMessage Copy(HttpRequest from, GroundHost host, string target)
    {
        var uri = new Uri($"http://127.0.0.1:{host.Port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(from.Method), uri) { Version = new Version(1, 1) };
        if (from.ContentLength is > 0 || from.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new ForwardedBody(from);
        }
        else if (from.ContentLength == 0)
        {
            request.Content = new ByteArrayContent([]);
        }

        foreach (var (name, values) in from.Headers)
        {
            if (!OfTheConnection.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, RoutedHost state)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        Copy(answer.Headers.NonValidated, response.Headers);
        Copy(answer.Content.Headers.NonValidated, response.Headers);
        try
        {
            await answer.Content.CopyToAsync(response.Body, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Half an answer must not look like a whole one.
            if (!context.RequestAborted.IsCancellationRequested)
            {
                state.Meter.Count(0, TimeSpan.Zero);
            }

            context.Abort();
        }
    }

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            if (!OfTheConnection.Contains(name))
            {
                to[name] = values.Count == 1 ? values.ToString() : values.ToArray();
            }
        }
    }

    private static async Task RefuseAsync(HttpContext context, List<string> tried)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var why = tried.Count == 0 ? "no web host takes traffic now" : $"no answer from {string.Join(", ", tried)}";
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/xml";
        await context.Response.Body.WriteAsync(S3Xml.Error(S3Error.Unavailable(why), context.Request.Path, "router"), context.RequestAborted).ConfigureAwait(false);
    }
}
