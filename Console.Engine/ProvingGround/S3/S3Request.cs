using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>A request on its connection. The raw target is read here and nowhere else, so no dot or slash in a key can be taken for a path.</summary>
internal sealed record S3Request(HttpContext Context, S3Call Call)
{
    public string Method => Call.Method;

    public string Path => Call.Path;

    public string Bucket => Call.Bucket;

    public string Key => Call.Key;

    public ImmutableArray<(string Name, string Value)> Query => Call.Query;

    public IHeaderDictionary Headers => Context.Request.Headers;

    public HttpResponse Response => Context.Response;

    public CancellationToken Gone => Context.RequestAborted;

    public static S3Request Read(HttpContext context)
    {
        var headers = new Dictionary<string, string>(context.Request.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in context.Request.Headers)
        {
            headers[name] = values.Count == 1 ? values[0] ?? "" : string.Join(',', values.Select(value => value?.Trim()));
        }

        return new S3Request(context, S3Call.Read(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers) with { Length = context.Request.ContentLength });
    }

    public string? Parameter(string name) => Call.Parameter(name);

    /// <summary>Empty where the header is not there.</summary>
    public string Header(string name) => Call.Header(name);
}
