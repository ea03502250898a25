namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>The bounds and manners of one host's shard store.</summary>
public sealed record ShardStoreOptions
{
    public required string Folder { get; init; }

    /// <summary>Bytes of disk that may be used; room for one more segment is kept back for compaction.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>About 150 bytes of memory each.</summary>
    public int MaxShards { get; init; } = 1_000_000;

    /// <summary>A segment is closed when it has grown past this.</summary>
    public int SegmentBytes { get; init; } = 32 << 20;

    /// <summary>A closed segment with a lesser share of live bytes is rewritten.</summary>
    public double LeastLive { get; init; } = 0.5;

    /// <summary>Within this time every shard is read and checked once.</summary>
    public TimeSpan ScrubPass { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Puts that may wait for one flush.</summary>
    public int MostTogether { get; init; } = 64;
}
