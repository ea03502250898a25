using System.Collections.Immutable;
using System.Text;
using OpsConsole.Domain.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.S3;

/// <summary>The customer's own headers of an object, <c>x-amz-meta-…</c>.</summary>
internal static class UserMetadata
{
    public const string Prefix = "x-amz-meta-";

    public static ImmutableSortedDictionary<string, string> Read(S3Request request)
    {
        var metadata = request.Headers.Where(header => header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .ToImmutableSortedDictionary(header => header.Key[Prefix.Length..].ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal);
        return metadata.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > S3Limits.MaxMetadata
            ? throw new S3Exception(S3Error.MetadataTooLarge)
            : metadata;
    }
}
