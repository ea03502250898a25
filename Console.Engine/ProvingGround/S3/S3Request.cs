using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>A request as its sender wrote it, path style: the raw target is read here and nowhere else, so no dot or slash in a key can be taken for a path.</summary>
/// <param name="Path">Decoded, with its leading slash.</param>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Empty for the bucket itself.</param>
internal sealed record S3Request(HttpContext Context, string Path, string Bucket, string Key, ImmutableArray<(string Name, string Value)> Query)
{
    public string Method => Context.Request.Method;

    public IHeaderDictionary Headers => Context.Request.Headers;

    public CancellationToken Gone => Context.RequestAborted;

    public static S3Request Read(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var at = target.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(at < 0 ? target : target[..at]);
        var slash = path.IndexOf('/', 1);
        return new S3Request(
            context,
            path,
            slash < 0 ? path[1..] : path[1..slash],
            slash < 0 ? "" : path[(slash + 1)..],
            at < 0 ? [] : [.. UriEncoding.Query(target[at..])]);
    }

    public string? Parameter(string name) => Query.FirstOrDefault(pair => pair.Name == name) is { Name: not null } found ? found.Value : null;

    /// <summary>Empty where the header is not there.</summary>
    public string Header(string name) => Headers[name].ToString();
}
