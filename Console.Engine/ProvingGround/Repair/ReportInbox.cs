using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>Reports of bad shards until they are looked into. A put reports a shard before the index names its extent, so a report is looked into for a minute.</summary>
internal sealed class ReportInbox(TimeProvider clock) : IShardReports
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Blob, int Group), long> _waiting = [];

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0;
            }
        }
    }

    public void Report(ShardName name, int group)
    {
        lock (_lock)
        {
            if (_waiting.Count < Most)
            {
                _waiting.TryAdd((name.Blob, group), clock.GetTimestamp());
            }
        }
    }

    public IReadOnlyList<(Guid Blob, int Group)> Peek(int take)
    {
        lock (_lock)
        {
            foreach (var old in _waiting.Where(one => clock.GetElapsedTime(one.Value) > Kept).Select(one => one.Key).ToList())
            {
                _waiting.Remove(old);
            }

            return [.. _waiting.Keys.Take(take)];
        }
    }

    public void Done(Guid blob, int group)
    {
        lock (_lock)
        {
            _waiting.Remove((blob, group));
        }
    }
}
