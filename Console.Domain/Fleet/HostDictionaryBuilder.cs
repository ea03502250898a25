using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Domain.Fleet;

public sealed partial class HostDictionary<T>
{
    /// <summary>Changes on their way to the next version. The version it began from stays as it is.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, T> _fresh = new(StringComparer.Ordinal);
        private HostDictionary<T> _from;
        private T?[][]? _blocks;
        private bool[]? _owned;
        private bool _removed;
        private int _count;

        internal Builder(HostDictionary<T> from) => (_from, _count) = (from, from.Count);

        public T this[string id]
        {
            get => TryGetValue(id, out var value) ? value : throw new KeyNotFoundException($"There is no host '{id}'.");
            set
            {
                ArgumentNullException.ThrowIfNull(value);
                var place = _from._index.PlaceOf(id);
                if (place < 0)
                {
                    _fresh[id] = value;
                    return;
                }

                ref var slot = ref Owned(place);
                _count += slot is null ? 1 : 0;
                slot = value;
            }
        }

        public bool ContainsKey(string id) => TryGetValue(id, out _);

        public bool TryGetValue(string id, [MaybeNullWhen(false)] out T value)
        {
            var place = _from._index.PlaceOf(id);
            if (place < 0)
            {
                return _fresh.TryGetValue(id, out value);
            }

            value = (_blocks ?? _from._blocks)[place >> BlockBits][place & (BlockSize - 1)];
            return value is not null;
        }

        public bool Remove(string id, [MaybeNullWhen(false)] out T value)
        {
            if (!TryGetValue(id, out value))
            {
                return false;
            }

            if (!_fresh.Remove(id))
            {
                Owned(_from._index.PlaceOf(id)) = null;
                (_count, _removed) = (_count - 1, true);
            }

            return true;
        }

        public HostDictionary<T> ToImmutable()
        {
            var map = _blocks is null ? _from : new HostDictionary<T>(_from._index, _blocks, _count);
            map = _fresh.Count > 0 ? Build(map._index, [.. map, .. _fresh]) : map;

            // Ids of hosts that are gone are let go once they are the most.
            _from = _removed && map._index.Ids.Length > (2 * map.Count) + BlockSize ? Build(HostIndex.Empty, map) : map;
            (_blocks, _owned, _removed, _count) = (null, null, false, _from.Count);
            _fresh.Clear();
            return _from;
        }

        private ref T? Owned(int place)
        {
            _blocks ??= [.. _from._blocks];
            _owned ??= new bool[_blocks.Length];
            var block = place >> BlockBits;
            if (!_owned[block])
            {
                (_blocks[block], _owned[block]) = ([.. _blocks[block]], true);
            }

            return ref _blocks[block][place & (BlockSize - 1)];
        }
    }
}
