using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations;

/// <summary>
/// An immutable map by name (ordinal), made for many changes a second that each leave a version behind: a trie over the hash of the name, 16 ways at each step, with up to 16 entries side by side in a leaf.
/// A change copies one leaf and the two or three nodes above it, and what stays in memory are a few arrays, not an object for each entry. In no order. Hashes are
/// those of the process, seeded at its start, so that nobody can choose names that collide.
/// </summary>
/// <typeparam name="T">An immutable value.</typeparam>
[JsonConverter(typeof(NamedDictionaryJson))]
public sealed class NameDictionary<T> : INamedDictionary<NameDictionary<T>, T>
{
    private readonly object? _root;

    private NameDictionary(object? root, int count) => (_root, Count) = (root, count);

    internal static NameDictionary<T> Empty { get; } = new(null, 0);

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public IEnumerable<string> Keys => NameTrie<T>.All(_root).Select(entry => entry.Name);

    public IEnumerable<T> Values => NameTrie<T>.All(_root).Select(entry => entry.Value);

    public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no '{key}'.");

    public bool ContainsKey(string key) => NameTrie<T>.Find(_root, key, NameTrie<T>.HashOf(key), out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => NameTrie<T>.Find(_root, key, NameTrie<T>.HashOf(key), out value);

    public NameDictionary<T> SetItem(string key, T value)
    {
        var root = NameTrie<T>.Set(_root, new(key, NameTrie<T>.HashOf(key), value), 0, out var added);
        return new(root, added ? Count + 1 : Count);
    }

    /// <summary>Itself where there is no such name.</summary>
    public NameDictionary<T> Remove(string key)
    {
        var root = NameTrie<T>.Remove(_root, key, NameTrie<T>.HashOf(key), 0);
        return ReferenceEquals(root, _root) ? this : Count == 1 ? Empty : new(root, Count - 1);
    }

    public NameDictionary<T> Clear() => Empty;

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        foreach (var entry in NameTrie<T>.All(_root))
        {
            yield return new(entry.Name, entry.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    static NameDictionary<T> INamedDictionary<NameDictionary<T>, T>.From(IEnumerable<KeyValuePair<string, T>> values) => values.Aggregate(Empty, (map, one) => map.SetItem(one.Key, one.Value));
}
