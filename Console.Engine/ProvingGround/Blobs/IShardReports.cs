using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>Told of shards that are missing or corrupt, so that they are repaired. Never waits; a report that is lost is made again by scrub or inventory.</summary>
public interface IShardReports
{
    void Report(ShardName name, int group);
}
