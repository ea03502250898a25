using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Fleet;

/// <summary>
/// An immutable map by host id, for regions of up to a hundred thousand hosts of which each change touches some: a lookup is one hash and two array reads, a
/// change copies the blocks it touches, and going through all of it, in ordinal order of the ids, reads memory in a row. Ids that join cost a pass over all.
/// </summary>
/// <typeparam name="T">An immutable value.</typeparam>
[JsonConverter(typeof(NamedDictionaryJson))]
public sealed partial class HostDictionary<T> : INamedDictionary<HostDictionary<T>, T>
    where T : class
{
    private const int BlockBits = 6;
    private const int BlockSize = 1 << BlockBits;

    private readonly HostIndex _index;
    private readonly T?[][] _blocks;

    private HostDictionary(HostIndex index, T?[][] blocks, int count) => (_index, _blocks, Count) = (index, blocks, count);

    internal static HostDictionary<T> Empty { get; } = new(HostIndex.Empty, [], 0);

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<T> Values
    {
        get
        {
            foreach (var block in _blocks)
            {
                foreach (var value in block)
                {
                    if (value is not null)
                    {
                        yield return value;
                    }
                }
            }
        }
    }

    public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no host '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var place = _index.PlaceOf(key);
        value = place < 0 ? null : _blocks[place >> BlockBits][place & (BlockSize - 1)];
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (var place = 0; place < _index.Ids.Length; place++)
        {
            if (_blocks[place >> BlockBits][place & (BlockSize - 1)] is { } value)
            {
                yield return new(_index.Ids[place], value);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    static HostDictionary<T> INamedDictionary<HostDictionary<T>, T>.From(IEnumerable<KeyValuePair<string, T>> values)
    {
        var map = Empty.ToBuilder();
        foreach (var (id, value) in values)
        {
            map[id] = value;
        }

        return map.ToImmutable();
    }

    public Builder ToBuilder() => new(this);

    public HostDictionary<T> SetItem(string id, T value)
    {
        var builder = ToBuilder();
        builder[id] = value;
        return builder.ToImmutable();
    }

    public HostDictionary<T> RemoveRange(IEnumerable<string> ids)
    {
        var builder = ToBuilder();
        foreach (var id in ids)
        {
            builder.Remove(id, out _);
        }

        return builder.ToImmutable();
    }

    /// <summary>The same values, over the ids of another map, so that those of them that are set later cost no pass over all. Ids that the other does not have are kept.</summary>
    public HostDictionary<T> Over<TOther>(HostDictionary<TOther> other)
        where TOther : class =>
        ReferenceEquals(_index, other.Index) ? this : Build(other.Index, this);

    internal HostIndex Index => _index;

    /// <summary>Whether both, made of one another without new ids, have values for the same ids: a host that left and another that came back leave the count as it was.</summary>
    public bool SameIdsAs(HostDictionary<T> other) =>
        ReferenceEquals(this, other) || (ReferenceEquals(_index, other._index) && Count == other.Count
        && _blocks.Zip(other._blocks).All(pair => ReferenceEquals(pair.First, pair.Second) || pair.First.Zip(pair.Second).All(values => values.First is null == values.Second is null)));

    /// <summary>Values that an older version has not, or has otherwise. What both share is passed over block by block.</summary>
    public IEnumerable<T> ChangedSince(HostDictionary<T>? older)
    {
        if (older is null || !ReferenceEquals(older._index, _index))
        {
            foreach (var (id, value) in this)
            {
                if (older is null || !older.TryGetValue(id, out var before) || !ReferenceEquals(before, value))
                {
                    yield return value;
                }
            }

            yield break;
        }

        for (var block = 0; block < _blocks.Length; block++)
        {
            var (now, then) = (_blocks[block], older._blocks[block]);
            for (var at = 0; !ReferenceEquals(now, then) && at < now.Length; at++)
            {
                if (now[at] is { } value && !ReferenceEquals(value, then[at]))
                {
                    yield return value;
                }
            }
        }
    }

    internal static HostDictionary<T> Of(IEnumerable<T> values, Func<T, string> id) => Build(HostIndex.Empty, values.Select(value => KeyValuePair.Create(id(value), value)));

    /// <summary>Values of ids that the index lacks give it more ids.</summary>
    private static HostDictionary<T> Build(HostIndex index, IEnumerable<KeyValuePair<string, T>> values)
    {
        var all = values as IReadOnlyCollection<KeyValuePair<string, T>> ?? [.. values];
        var fresh = all.Select(pair => pair.Key).Where(id => index.PlaceOf(id) < 0).ToArray();
        if (fresh.Length > 0)
        {
            index = index.With(fresh);
        }

        var blocks = new T?[(index.Ids.Length + BlockSize - 1) >> BlockBits][];
        for (var block = 0; block < blocks.Length; block++)
        {
            blocks[block] = new T?[Math.Min(BlockSize, index.Ids.Length - (block << BlockBits))];
        }

        foreach (var (id, value) in all)
        {
            var place = index.PlaceOf(id);
            blocks[place >> BlockBits][place & (BlockSize - 1)] = value;
        }

        return new(index, blocks, all.Count);
    }
}
