using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>How a build of the storage host keeps shards: this one as it should.</summary>
internal class ShardKeeping
{
    /// <summary>Whether a shard that was sent is put on disk before it is acknowledged.</summary>
    public virtual bool Keeps(Shard shard) => true;

    /// <summary>The build of a storage host; null where it has no release yet.</summary>
    public static ShardKeeping Of(string? build, int seed) =>
        build switch
        {
            null or "s-1" => new ShardKeeping(),
            "s-2" => new LosesSomeWrites(seed),
            _ => throw new InvalidOperationException($"this program has no build {build} of a storage host"),
        };
}
