using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>What one storage host has, in memory, in key order: rebuilt from the disk at start. Bounded by <see cref="DiskStore.MaxObjects"/>.</summary>
internal sealed class ObjectIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedSet<IndexEntry>> _buckets = [];

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    public IndexEntry? Find(string bucket, string key)
    {
        lock (_lock)
        {
            return _buckets.TryGetValue(bucket, out var entries) && entries.TryGetValue(Probe(key), out var entry) ? entry : null;
        }
    }

    public void Set(ObjectHeader header)
    {
        var entry = new IndexEntry(header.Key, header.Version, header.Size, header.ETag, header.Modified, header.Deleted);
        lock (_lock)
        {
            if (!_buckets.TryGetValue(header.Bucket, out var entries))
            {
                _buckets[header.Bucket] = entries = new SortedSet<IndexEntry>(ByKey);
            }

            if (entries.TryGetValue(entry, out var old))
            {
                entries.Remove(old);
                Count--;
                Bytes -= old.Size;
            }

            entries.Add(entry);
            Count++;
            Bytes += entry.Size;
        }
    }

    public IndexPage List(string bucket, string prefix, string after, int take)
    {
        lock (_lock)
        {
            if (!_buckets.TryGetValue(bucket, out var entries) || entries.Count == 0)
            {
                return new IndexPage([], false);
            }

            var from = KeyOrder.Instance.Compare(after, prefix) > 0 ? after : prefix;
            if (KeyOrder.Instance.Compare(from, entries.Max!.Key) > 0)
            {
                return new IndexPage([], false);
            }

            var found = entries.GetViewBetween(Probe(from), entries.Max)
                .TakeWhile(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Where(entry => after.Length == 0 || entry.Key != after)
                .Take(take + 1)
                .ToArray();
            return new IndexPage([.. found.Take(take)], found.Length > take);
        }
    }

    private static Comparer<IndexEntry> ByKey { get; } = Comparer<IndexEntry>.Create((x, y) => KeyOrder.Instance.Compare(x.Key, y.Key));

    private static IndexEntry Probe(string key) => new(key, 0, 0, "", default, false);
}
