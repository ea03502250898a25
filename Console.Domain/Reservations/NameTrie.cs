using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OpsConsole.Domain.Reservations;

/// <summary>The nodes of a <see cref="NameDictionary{T}"/>: null for nothing, an array of entries for a leaf, a <see cref="Fork"/> above. No node is changed once it is in a map.</summary>
internal static class NameTrie<T>
{
    private const int Bits = 4;
    private const int Ways = 1 << Bits;
    private const int HashBits = 32;
    private const int LeafMost = 16;

    /// <summary>A fork with no more below it becomes a leaf again; fewer than a leaf holds, so that one that comes and goes does not split it each time.</summary>
    private const int LeafAgain = 8;

    public static int HashOf(string name) => name.GetHashCode(StringComparison.Ordinal);

    public static bool Find(object? node, string name, int hash, [MaybeNullWhen(false)] out T value)
    {
        for (var shift = 0; node is Fork fork; shift += Bits)
        {
            node = fork.Below[Way(hash, shift)];
        }

        if (node is Entry[] leaf && IndexIn(leaf, name, hash) is var index and >= 0)
        {
            value = leaf[index].Value;
            return true;
        }

        value = default;
        return false;
    }

    public static object Set(object? node, Entry entry, int shift, out bool added)
    {
        if (node is Fork fork)
        {
            var way = Way(entry.Hash, shift);
            return fork.With(way, Set(fork.Below[way], entry, shift + Bits, out added));
        }

        if (node is not Entry[] leaf)
        {
            added = true;
            return (Entry[])[entry];
        }

        if (IndexIn(leaf, entry.Name, entry.Hash) is var index and >= 0)
        {
            added = false;
            var copy = leaf.AsSpan().ToArray();
            copy[index] = entry;
            return copy;
        }

        added = true;
        return leaf.Length < LeafMost || shift >= HashBits ? (Entry[])[.. leaf, entry] : Set(Split(leaf, shift), entry, shift, out _);
    }

    /// <returns>The same node where the name is not below it.</returns>
    public static object? Remove(object? node, string name, int hash, int shift)
    {
        if (node is Fork fork)
        {
            var way = Way(hash, shift);
            var below = Remove(fork.Below[way], name, hash, shift + Bits);
            return ReferenceEquals(below, fork.Below[way]) ? node : Joined(fork.With(way, below));
        }

        return node is not Entry[] leaf || IndexIn(leaf, name, hash) is var index && index < 0 ? node
            : leaf.Length == 1 ? null
            : (Entry[])[.. leaf.AsSpan(0, index), .. leaf.AsSpan(index + 1)];
    }

    public static IEnumerable<Entry> All(object? root)
    {
        var left = new Stack<object>();
        Push(left, root);
        while (left.TryPop(out var node))
        {
            if (node is Entry[] leaf)
            {
                foreach (var entry in leaf)
                {
                    yield return entry;
                }
            }
            else
            {
                foreach (var below in ((Fork)node).Below)
                {
                    Push(left, below);
                }
            }
        }
    }

    private static void Push(Stack<object> left, object? node)
    {
        if (node is not null)
        {
            left.Push(node);
        }
    }

    private static int Way(int hash, int shift) => (hash >>> shift) & (Ways - 1);

    private static int IndexIn(Entry[] leaf, string name, int hash)
    {
        for (var i = 0; i < leaf.Length; i++)
        {
            if (leaf[i].Hash == hash && leaf[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static Fork Split(Entry[] leaf, int shift)
    {
        var fork = new Fork();
        foreach (var entry in leaf)
        {
            ref var below = ref fork.Below[Way(entry.Hash, shift)];
            below = below is Entry[] some ? (Entry[])[.. some, entry] : (Entry[])[entry];
        }

        return fork;
    }

    private static object? Joined(Fork fork)
    {
        var count = 0;
        foreach (var below in fork.Below)
        {
            if (below is Fork || (count += below is Entry[] leaf ? leaf.Length : 0) > LeafAgain)
            {
                return fork;
            }
        }

        List<Entry> all = new(count);
        foreach (var below in fork.Below)
        {
            all.AddRange(below as Entry[] ?? []);
        }

        return all.Count == 0 ? null : all.ToArray();
    }

    internal readonly record struct Entry(string Name, int Hash, T Value);

    internal sealed class Fork
    {
        private Ways16 _below;

        public Span<object?> Below => _below;

        public Fork With(int way, object? below)
        {
            var copy = new Fork { _below = _below };
            copy._below[way] = below;
            return copy;
        }
    }

    [InlineArray(Ways)]
    private struct Ways16
    {
        private object? _first;
    }
}
