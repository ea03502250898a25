using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>
/// What the store knows of buckets, objects and uploads. Linearizable: every answer reflects all commands acknowledged before it was asked, whichever web host asks.
/// Throws <see cref="StoreUnavailableException"/> where fewer than two of the three members can be reached; whether a command then happened is not known, and sending it
/// again with the same <c>request</c> does it at most once.
/// </summary>
public interface IIndex
{
    Task<IndexAnswer> ApplyAsync(Guid request, IndexCommand command, CancellationToken cancel);

    Task<BucketEntry?> BucketAsync(string bucket, CancellationToken cancel);

    /// <summary>By name; at most 1,000 there are.</summary>
    Task<IReadOnlyList<BucketEntry>> BucketsAsync(CancellationToken cancel);

    /// <summary>One round trip for what a read needs: the bucket, and the object or null.</summary>
    Task<(BucketEntry? Bucket, ObjectEntry? Object)> FindAsync(string bucket, string key, CancellationToken cancel);

    /// <summary>Null where there is no such bucket.</summary>
    Task<ListPage?> ListAsync(ListQuery query, CancellationToken cancel);

    Task<Upload?> UploadAsync(string bucket, string key, string id, CancellationToken cancel);

    Task<UploadPage?> UploadsAsync(UploadQuery query, CancellationToken cancel);

    Task<PlacementMap> PlacementAsync(CancellationToken cancel);

    /// <summary>Why writes and reads cannot be answered now, in words; null where all is well.</summary>
    Task<string?> TroubleAsync(CancellationToken cancel);
}
