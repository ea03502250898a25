using System.Collections.Concurrent;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>Planted: what a build that does not wait for the disk has acknowledged and not yet written. It reads well, until the process is killed.</summary>
internal sealed class LateWrites(TimeSpan by, TimeProvider clock)
{
    private readonly ConcurrentDictionary<ShardName, Shard> _shards = new();

    public void Add(Shard shard) => _shards[shard.Name] = shard with { Bytes = shard.Bytes.ToArray() };

    public Shard? Find(ShardName name) => _shards.GetValueOrDefault(name);

    public void Remove(ShardName name) => _shards.TryRemove(name, out _);

    public Task WaitAsync() => Task.Delay(by, clock);
}
