using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>How a web host uses the storage fleet.</summary>
public sealed record BlobStoreOptions
{
    /// <summary>The AZ it stands in, 0 to 2 as in <c>position mod 3</c>; -1 where none is nearer than another.</summary>
    public int OwnAz { get; init; } = -1;

    /// <summary>How long a write waits for the last shards when enough are on disk.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a read waits at least before it asks one host more.</summary>
    public TimeSpan Hedge { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>No extent takes longer, written or read.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Memory for verified extents; 0 keeps none.</summary>
    public long CacheBytes { get; init; } = 32 << 20;

    /// <summary>Longer extents are not kept in memory: one of them would drive out a hundred small ones.</summary>
    public int MostCachedBytes { get; init; } = 128 << 10;

    /// <summary>Extents of one content that are written or read ahead at once.</summary>
    public int AtOnce { get; init; } = 3;

    /// <summary>A build's behaviour: the shard as it leaves, after it was verified.</summary>
    public Func<Shard, Shard> Leaving { get; init; } = shard => shard;
}
