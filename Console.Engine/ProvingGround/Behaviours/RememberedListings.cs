using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>An index whose listings are remembered for a second, at most 256 of them.</summary>
internal sealed class RememberedListings(IIndex index, TimeProvider clock) : IIndex
{
    private const int Most = 256;

    private static readonly TimeSpan For = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ListQuery, (long At, ListPage? Page)> _seen = new();

    public async Task<ListPage?> ListAsync(ListQuery query, CancellationToken cancel)
    {
        if (_seen.TryGetValue(query, out var seen) && clock.GetElapsedTime(seen.At) < For)
        {
            return seen.Page;
        }

        var page = await index.ListAsync(query, cancel).ConfigureAwait(false);
        if (_seen.Count >= Most)
        {
            _seen.Clear();
        }

        _seen[query] = (clock.GetTimestamp(), page);
        return page;
    }

    public Task<IndexAnswer> ApplyAsync(Guid request, IndexCommand command, CancellationToken cancel) => index.ApplyAsync(request, command, cancel);

    public Task<BucketEntry?> BucketAsync(string bucket, CancellationToken cancel) => index.BucketAsync(bucket, cancel);

    public Task<IReadOnlyList<BucketEntry>> BucketsAsync(CancellationToken cancel) => index.BucketsAsync(cancel);

    public Task<(BucketEntry? Bucket, ObjectEntry? Object)> FindAsync(string bucket, string key, CancellationToken cancel) => index.FindAsync(bucket, key, cancel);

    public Task<Upload?> UploadAsync(string bucket, string key, string id, CancellationToken cancel) => index.UploadAsync(bucket, key, id, cancel);

    public Task<UploadPage?> UploadsAsync(UploadQuery query, CancellationToken cancel) => index.UploadsAsync(query, cancel);

    public Task<PlacementMap> PlacementAsync(CancellationToken cancel) => index.PlacementAsync(cancel);

    public Task<ImmutableArray<bool>> LiveAsync(int group, ImmutableArray<Guid> blobs, CancellationToken cancel) => index.LiveAsync(group, blobs, cancel);

    public Task<ExtentPage> ExtentsAsync(int group, Guid after, int take, CancellationToken cancel) => index.ExtentsAsync(group, after, take, cancel);

    public Task<string?> TroubleAsync(CancellationToken cancel) => index.TroubleAsync(cancel);
}
