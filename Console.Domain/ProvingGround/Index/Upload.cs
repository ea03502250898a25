using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>A multipart upload that is neither complete nor aborted.</summary>
/// <param name="Template">What the object will be: key, headers, metadata, tags, acl, encryption, checksum algorithm (value empty); its size, ETag and extents come with the parts.</param>
public sealed record Upload(string Id, ObjectEntry Template)
{
    /// <summary>Set by the index.</summary>
    public DateTimeOffset Begun { get; init; }

    public ImmutableSortedDictionary<int, UploadPart> Parts { get; init; } = ImmutableSortedDictionary<int, UploadPart>.Empty;
}

/// <param name="Number">1 to 10,000.</param>
/// <param name="ETag">Hex MD5, without quotes.</param>
public sealed record UploadPart(int Number, long Size, string ETag, ImmutableArray<Extent> Extents)
{
    /// <summary>Set by the index.</summary>
    public DateTimeOffset Modified { get; init; }

    public ObjectChecksum? Checksum { get; init; }
}
