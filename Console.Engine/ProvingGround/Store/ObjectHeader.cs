using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>All that is known of an object besides its bytes.</summary>
/// <param name="Version">Orders the writes of one key; see <see cref="IObjectStore"/>.</param>
/// <param name="ETag">Hex MD5 of what the customer sent, without quotes.</param>
/// <param name="Deleted">A mark that the object is gone: it must outlive older copies.</param>
public sealed record ObjectHeader(string Bucket, string Key, long Version, long Size, string ETag, DateTimeOffset Modified, bool Deleted)
{
    public string? ContentType { get; init; }

    /// <summary>The customer's own, without <c>x-amz-meta-</c>; at most 2 KB in all.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
