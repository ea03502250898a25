using System.Collections.Concurrent;
using System.Collections.Frozen;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>All streams in memory. Reading takes no lock.</summary>
public sealed class StreamStates : IStates
{
    private readonly FrozenDictionary<string, StreamFamily> _families;
    private readonly FrozenDictionary<string, ConcurrentDictionary<StreamId, StreamSlot>> _slots;

    private readonly FrozenDictionary<string, StreamFamily>.AlternateLookup<ReadOnlySpan<char>> _familiesByName;
    private readonly FrozenDictionary<string, ConcurrentDictionary<StreamId, StreamSlot>>.AlternateLookup<ReadOnlySpan<char>> _slotsByFamily;

    public StreamStates(IEnumerable<StreamFamily> families)
    {
        _families = families.ToFrozenDictionary(family => family.Name);
        _slots = _families.ToFrozenDictionary(pair => pair.Key, _ => new ConcurrentDictionary<StreamId, StreamSlot>());
        _familiesByName = _families.GetAlternateLookup<ReadOnlySpan<char>>();
        _slotsByFamily = _slots.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public TState Get<TState>(StreamId stream)
        where TState : class =>
        Find(stream) is { } slot ? (TState)slot.Committed.State : (TState)FamilyOf(stream).Initial(stream);

    public long VersionOf(StreamId stream) => Find(stream)?.Committed.Version ?? 0;

    public IReadOnlyList<StreamState<TState>> All<TState>(string family)
        where TState : class =>
        [.. _slots[family].Values.Select(slot => (slot.Stream, slot.Committed)).Where(one => one.Committed.Version > 0).Select(one => new StreamState<TState>(one.Stream, one.Committed.Version, (TState)one.Committed.State))];

    internal StreamFamily FamilyOf(StreamId stream) =>
        _familiesByName.TryGetValue(stream.FamilyPart(), out var family) ? family : throw new InvalidOperationException($"No slice registered the stream family '{stream.Family}'.");

    internal StreamSlot SlotOf(StreamId stream)
    {
        var family = FamilyOf(stream);
        return _slots[family.Name].GetOrAdd(stream, static (id, owner) => new StreamSlot(id, owner), family);
    }

    /// <summary>The stream's slot, or a new one that is not kept yet: asking about a stream in which nothing happened must leave nothing behind.</summary>
    internal StreamSlot SlotOrNew(StreamId stream) => Find(stream) ?? new StreamSlot(stream, FamilyOf(stream));

    internal void Keep(StreamSlot slot) => _slots[slot.Family.Name].TryAdd(slot.Stream, slot);

    internal void ForgetIfEmpty(StreamSlot slot)
    {
        if (slot.Pending.Version == 0 && slot.Committed.Version == 0)
        {
            _slots[slot.Family.Name].TryRemove(KeyValuePair.Create(slot.Stream, slot));
        }
    }

    internal IEnumerable<StreamSlot> Slots => _slots.Values.SelectMany(slots => slots.Values);

    internal IEnumerable<StreamSlot> SlotsOf(int writer) => Slots.Where(slot => Writer.IndexOf(slot.Writer) == writer);

    /// <summary>As one writer sees it: its own streams as decided, all others as committed.</summary>
    internal IStates SeenBy(string writer) => new WriterView(this, writer);

    private StreamSlot? Find(StreamId stream) => _slotsByFamily.TryGetValue(stream.FamilyPart(), out var slots) && slots.TryGetValue(stream, out var slot) ? slot : null;

    private sealed class WriterView(StreamStates all, string writer) : IStates
    {
        public TState Get<TState>(StreamId stream)
            where TState : class =>
            all.Find(stream) is { } slot ? (TState)Seen(slot).State : (TState)all.FamilyOf(stream).Initial(stream);

        public long VersionOf(StreamId stream) => all.Find(stream) is { } slot ? Seen(slot).Version : 0;

        public IReadOnlyList<StreamState<TState>> All<TState>(string family)
            where TState : class =>
            [.. all._slots[family].Values.Select(slot => (slot.Stream, Seen: Seen(slot))).Where(one => one.Seen.Version > 0).Select(one => new StreamState<TState>(one.Stream, one.Seen.Version, (TState)one.Seen.State))];

        private StreamSlot.Versioned Seen(StreamSlot slot) => slot.Writer == writer ? slot.Pending : slot.Committed;
    }
}
