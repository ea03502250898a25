using System.Collections.Immutable;
using System.Text;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>The headers of a request that are kept with the object and given back with it.</summary>
public static class StoredHeaders
{
    public const string MetadataPrefix = "x-amz-meta-";

    private static readonly ImmutableArray<string> Names = ["cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"];

    /// <summary><c>aws-chunked</c> is how the body travels, not how the object is encoded: it is left out.</summary>
    public static ImmutableSortedDictionary<string, string> Read(S3Call call)
    {
        var kept = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            var value = call.Header(name);
            if (name == "content-encoding")
            {
                value = string.Join(',', value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(one => one != "aws-chunked"));
            }

            if (value.Length > 0)
            {
                kept[name] = value;
            }
        }

        return kept.ToImmutable();
    }

    public static ImmutableSortedDictionary<string, string> Metadata(S3Call call)
    {
        var kept = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Headers)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                kept[name[MetadataPrefix.Length..].ToLowerInvariant()] = value.Trim();
            }
        }

        return kept.ToImmutable();
    }

    /// <summary>UTF-8 bytes of names and values.</summary>
    public static int Bytes(ImmutableSortedDictionary<string, string> headers)
    {
        var sum = 0;
        foreach (var (name, value) in headers)
        {
            sum += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        }

        return sum;
    }

    /// <summary>What a reader may have instead of what was kept, by query parameter.</summary>
    public static IEnumerable<(string Header, string Value)> Overrides(S3Call call) =>
        from pair in call.Query
        where pair.Name.StartsWith("response-", StringComparison.Ordinal) && Names.Contains(pair.Name["response-".Length..])
        select (pair.Name["response-".Length..], pair.Value);
}
