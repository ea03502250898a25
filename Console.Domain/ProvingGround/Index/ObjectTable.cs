using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>A bucket's objects in the order of their keys' UTF-8 bytes.</summary>
public sealed class ObjectTable
{
    // A set and not a dictionary: only the set can say where in the order a key stands.
    private readonly ImmutableSortedSet<ObjectEntry> _entries;

    private ObjectTable(ImmutableSortedSet<ObjectEntry> entries) => _entries = entries;

    public static ObjectTable Empty { get; } = new(ImmutableSortedSet.Create<ObjectEntry>(ByKey.Instance));

    public int Count => _entries.Count;

    public ObjectEntry this[int position] => _entries[position];

    public static ObjectTable From(IEnumerable<ObjectEntry> entries) => new(entries.ToImmutableSortedSet(ByKey.Instance));

    public IEnumerable<ObjectEntry> All() => _entries;

    public ObjectEntry? Find(string key) => _entries.TryGetValue(Probe(key), out var found) ? found : null;

    /// <summary>With this in place of what had its key.</summary>
    public ObjectTable Put(ObjectEntry entry) => new(_entries.Remove(entry).Add(entry));

    public ObjectTable Remove(string key) => new(_entries.Remove(Probe(key)));

    /// <summary>How many keys come before this one, or are it.</summary>
    public int After(string key) => _entries.IndexOf(Probe(key)) is var at && at < 0 ? ~at : at + 1;

    /// <summary>How many keys come before this one.</summary>
    public int From(string key) => _entries.IndexOf(Probe(key)) is var at && at < 0 ? ~at : at;

    private static ObjectEntry Probe(string key) => new("", key, 0, "", "", []);

    private sealed class ByKey : IComparer<ObjectEntry>
    {
        public static ByKey Instance { get; } = new();

        public int Compare(ObjectEntry? x, ObjectEntry? y) => KeyOrder.Instance.Compare(x!.Key, y!.Key);
    }
}
