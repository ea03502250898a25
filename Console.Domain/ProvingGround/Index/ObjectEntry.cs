using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>All that is known of an object besides its bytes.</summary>
/// <param name="Size">Bytes as the customer sees them.</param>
/// <param name="ETag">Hex, without quotes; of a multipart object <c>hex-n</c>.</param>
/// <param name="Owner">Account that wrote it.</param>
/// <param name="Extents">In the order of the bytes; empty for an empty object. An encrypted object's extents hold the encrypted frames.</param>
public sealed record ObjectEntry(string Bucket, string Key, long Size, string ETag, string Owner, ImmutableArray<Extent> Extents)
{
    /// <summary>Position of the write in the index's log: later writes have greater ones. Set by the index.</summary>
    public long Version { get; init; }

    /// <summary>Whole seconds are what customers see. Set by the index.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>Content-Type, Cache-Control, Content-Encoding, Content-Disposition, Content-Language, Expires: lower-case names, as the customer gave them.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The customer's own, without <c>x-amz-meta-</c>; at most 2 KB in all.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>At most 10.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public Acl Acl { get; init; }

    public ObjectChecksum? Checksum { get; init; }

    public Encryption? Encryption { get; init; }

    /// <summary>Sizes of the parts of a multipart object, in order; empty for others.</summary>
    public ImmutableArray<long> Parts { get; init; } = [];

    /// <summary>The same entry with the bucket's own texts in the place of equal ones: a million objects need not each keep its bucket's name.</summary>
    public ObjectEntry SharingNamesWith(BucketEntry bucket) => this with { Bucket = bucket.Name, Owner = Owner == bucket.Owner ? bucket.Owner : Owner };
}
