using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

public enum IndexRefusal
{
    None,
    NoSuchBucket,
    BucketExists,
    BucketNotEmpty,
    TooManyBuckets,
    NoSuchKey,
    NoSuchUpload,

    /// <summary>A part that was never put, or has another ETag.</summary>
    InvalidPart,

    /// <summary>A part other than the last is under 5 MiB.</summary>
    PartTooSmall,

    /// <summary>If-Match or If-None-Match did not hold.</summary>
    PreconditionFailed,

    /// <summary>The extents were written under a placement that has changed since, or too long ago: write them again.</summary>
    StalePlacement,

    /// <summary>The index holds as much as it may.</summary>
    Full,
}

/// <summary>What came of a command, the same at every member and every repetition.</summary>
/// <param name="Version">The log's position; 0 where it was refused.</param>
public sealed record IndexAnswer(IndexRefusal Refusal, long Version)
{
    /// <summary>The object as it is now: after PutObject, CompleteUpload, SetObjectTags, SetObjectAcl.</summary>
    public ObjectEntry? Object { get; init; }

    /// <summary>Of DeleteObjects: one for each key, in order.</summary>
    public ImmutableArray<IndexRefusal> Each { get; init; } = [];

    public bool Done => Refusal == IndexRefusal.None;
}
