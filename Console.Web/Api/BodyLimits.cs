using Microsoft.AspNetCore.Http.Features;
using OpsConsole.Engine;

namespace OpsConsole.Web.Api;

/// <summary>How large a request's body may be. An endpoint that takes more says so by <see cref="RequestSizeLimit"/>.</summary>
internal static class BodyLimits
{
    public const long Default = 1 << 20;
    public const long FleetFile = 64L << 20;

    /// <summary>A refused body up to this size is still taken from the wire, for some seconds, so that its sender sees the answer rather than a broken connection.</summary>
    private const long Drained = 256L << 20;

    public static TBuilder RequestSizeLimit<TBuilder>(this TBuilder endpoint, long bytes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(bytes));

    /// <summary>Refuses a body that says it is too large before any of it is read, and one that turns out to be as soon as it does.</summary>
    public static void UseBodyLimits(this WebApplication app) =>
        app.Use(async (http, next) =>
        {
            var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
            if (limit is not { IsReadOnly: false, MaxRequestBodySize: { } most })
            {
                await next();
            }
            else if (http.Request.ContentLength is { } length)
            {
                limit.MaxRequestBodySize = length > most && length <= Drained ? length : most;
                await (length > most ? ApiErrors.TooLarge(most).ExecuteAsync(http) : next());
            }
            else
            {
                limit.MaxRequestBodySize = Drained;
                http.Request.Body = new BoundedStream(
                    http.Request.Body,
                    most,
                    () => new BadHttpRequestException($"The body is larger than {most} bytes.", StatusCodes.Status413PayloadTooLarge));
                await next();
            }
        });
}
