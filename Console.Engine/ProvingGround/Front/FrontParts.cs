using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>What every operation of the front works with.</summary>
internal sealed record FrontParts(IIndex Index, IBlobs Blobs, Behaviour Behaviour, GroundKey Key, string Region, TimeProvider Clock)
{
    /// <summary>Tells this process from the one before it at the same host.</summary>
    public string Life { get; } = Guid.NewGuid().ToString("N")[..8];

    public BodyRoom Room { get; } = new();

    /// <summary>The index does it, or the customer is told why not.</summary>
    public async Task<IndexAnswer> ApplyAsync(IndexCommand command, CancellationToken cancel)
    {
        var answer = await Index.ApplyAsync(Guid.NewGuid(), command, cancel).ConfigureAwait(false);
        return answer.Done ? answer : throw new S3Exception(Refusals.Of(answer.Refusal));
    }
}

/// <summary>What S3 calls the index's refusals.</summary>
internal static class Refusals
{
    public static S3Error Of(IndexRefusal refusal) =>
        refusal switch
        {
            IndexRefusal.NoSuchBucket => S3Error.NoSuchBucket,
            IndexRefusal.BucketExists => S3Error.BucketAlreadyExists,
            IndexRefusal.BucketNotEmpty => S3Error.BucketNotEmpty,
            IndexRefusal.TooManyBuckets => S3Error.TooManyBuckets,
            IndexRefusal.NoSuchKey => S3Error.NoSuchKey,
            IndexRefusal.NoSuchUpload => S3Error.NoSuchUpload,
            IndexRefusal.InvalidPart => S3Error.InvalidPart,
            IndexRefusal.PartTooSmall => S3Error.EntityTooSmall,
            IndexRefusal.PreconditionFailed => S3Error.PreconditionFailed,
            IndexRefusal.StalePlacement => S3Error.Unavailable("the storage fleet has changed under this write."),
            IndexRefusal.Full => S3Error.Unavailable("the index is full."),
            _ => S3Error.InternalError,
        };
}

/// <summary>One request that has passed all gates.</summary>
internal sealed record Admitted(S3Request Request, Situation It, Body Body)
{
    public S3Call Call => It.Call;

    public string Account => It.Auth.Account!;

    public CancellationToken Gone => Request.Gone;

    public WriteCondition Condition => new(
        Call.Header("If-Match") is { Length: > 0 } match ? match.Trim('"') : null,
        Call.Header("If-None-Match") is { Length: > 0 } none ? none.Trim('"') : null);
}
