using System.Collections.Immutable;
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

    /// <summary>For each blob of a placement group (at most 1,000): whether an object, a part or an upload names it. Commands that are under way when it is asked are waited for.</summary>
    Task<ImmutableArray<bool>> LiveAsync(int group, ImmutableArray<Guid> blobs, CancellationToken cancel);

    /// <summary>All extents of a placement group that something names, in the order of their blobs.</summary>
    /// <param name="after">Blobs up to and with this one are left out; <see cref="Guid.Empty"/> begins at the first.</param>
    /// <param name="take">1 to 1,000.</param>
    Task<ExtentPage> ExtentsAsync(int group, Guid after, int take, CancellationToken cancel);

    /// <summary>Why writes and reads cannot be answered now, in words; null where all is well.</summary>
    Task<string?> TroubleAsync(CancellationToken cancel);
}
