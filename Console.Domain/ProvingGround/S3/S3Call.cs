using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>A request as its sender wrote it, without its body: what every gate before the body judges.</summary>
/// <param name="Path">Decoded, with its leading slash.</param>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Empty for the bucket itself.</param>
/// <param name="Query">Decoded, in the order they came.</param>
/// <param name="Headers">Names are looked up without regard to case; values of a repeated header are joined with commas.</param>
public sealed record S3Call(string Method, string Path, string Bucket, string Key, ImmutableArray<(string Name, string Value)> Query, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Null where there is no length stated.</summary>
    public long? Length { get; init; }

    /// <summary>Null where there is no such parameter.</summary>
    public string? Parameter(string name)
    {
        foreach (var pair in Query)
        {
            if (pair.Name == name)
            {
                return pair.Value;
            }
        }

        return null;
    }

    public bool Has(string parameter) => Parameter(parameter) is not null;

    /// <summary>Empty where the header is not there.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <param name="target">Path and query as they stand in the request line.</param>
    public static S3Call Read(string method, string target, IReadOnlyDictionary<string, string> headers)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(at < 0 ? target : target[..at]);
        var slash = path.Length > 1 ? path.IndexOf('/', 1) : -1;
        return new S3Call(
            method,
            path,
            slash < 0 ? path.Length > 1 ? path[1..] : "" : path[1..slash],
            slash < 0 ? "" : path[(slash + 1)..],
            at < 0 ? [] : [.. UriEncoding.Query(target[at..])],
            headers);
    }
}
