using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Tests.ProvingGround.Storage;

/// <summary>As much of an index as storage and repair use: the placement map, and which extents are named. Hosts are a1, b1, c1, a2, …</summary>
internal sealed class MemoryPlacement(int groups, int hostsPerAz = 3) : IIndex
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(int Group, Guid Blob), Extent> _named = [];

    public bool Down { get; set; }

    public PlacementMap Map { get; private set; } = new([.. FirstPlacement.Of([.. "abc".Select(az => Enumerable.Range(1, hostsPerAz).Select(number => $"{az}{number}").ToImmutableArray())]).Groups.Take(groups)]);

    public void BeginGenerations(long more) => Map = Map with { Generation = Map.Generation + more };

    public void Name(Guid blob, int group) => Name(new Extent(blob, 1, group, 1, 0));

    public void Name(Extent extent)
    {
        lock (_lock)
        {
            _named[(extent.Group, extent.Blob)] = extent;
        }
    }

    public Task<IndexAnswer> ApplyAsync(Guid request, IndexCommand command, CancellationToken cancel)
    {
        Answer();
        var move = (MovePosition)command;
        var group = Map.Groups[move.Group];
        if (group.Epoch != move.Expected)
        {
            return Task.FromResult(new IndexAnswer(IndexRefusal.StalePlacement, 0));
        }

        Map = Map with { Groups = Map.Groups.SetItem(move.Group, group with { Hosts = group.Hosts.SetItem(move.Position, move.Host), Epoch = group.Epoch + 1 }) };
        return Task.FromResult(new IndexAnswer(IndexRefusal.None, 1));
    }

    public Task<PlacementMap> PlacementAsync(CancellationToken cancel)
    {
        Answer();
        return Task.FromResult(Map);
    }

    public Task<ImmutableArray<bool>> LiveAsync(int group, ImmutableArray<Guid> blobs, CancellationToken cancel)
    {
        Answer();
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<bool>>([.. blobs.Select(blob => _named.ContainsKey((group, blob)))]);
        }
    }

    public Task<ExtentPage> ExtentsAsync(int group, Guid after, int take, CancellationToken cancel)
    {
        Answer();
        lock (_lock)
        {
            var all = _named.Values.Where(extent => extent.Group == group && extent.Blob.CompareTo(after) > 0).Take(take + 1).ToArray();
            return Task.FromResult(new ExtentPage([.. all.Take(take)], all.Length > take ? all[take - 1].Blob : null));
        }
    }

    public Task<string?> TroubleAsync(CancellationToken cancel) => Task.FromResult(Down ? "down" : null);

    public Task<BucketEntry?> BucketAsync(string bucket, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<BucketEntry>> BucketsAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task<(BucketEntry? Bucket, ObjectEntry? Object)> FindAsync(string bucket, string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ListPage?> ListAsync(ListQuery query, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Upload?> UploadAsync(string bucket, string key, string id, CancellationToken cancel) => throw new NotSupportedException();

    public Task<UploadPage?> UploadsAsync(UploadQuery query, CancellationToken cancel) => throw new NotSupportedException();

    private void Answer()
    {
        if (Down)
        {
            throw new StoreUnavailableException("the index is down");
        }
    }
}
