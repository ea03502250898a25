using System.Net;
using Microsoft.AspNetCore.Http;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>A customer's body on its way to a host, never held as a whole.</summary>
internal sealed class ForwardedBody(HttpRequest request) : HttpContent
{
    /// <summary>Once any of it was read it cannot be sent to another host.</summary>
    public bool Begun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, request.HttpContext.RequestAborted);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begun = true;
        return request.Body.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = request.ContentLength ?? 0;
        return request.ContentLength is not null;
    }
}
