using System.Collections.Immutable;

namespace OpsConsole.Engine.Live;

/// <summary>
/// One topic's newest deltas and what is waiting to become the next one. Bounded on every side: at most <see cref="MostDirty"/> waiting keys (more, and
/// everyone starts over from a snapshot), at most <see cref="MostDeltas"/> deltas and <see cref="MostItems"/> items kept for those who lag or resume.
/// </summary>
public sealed class TopicLog
{
    public const int MostDirty = 5_000;
    public const int MostDeltas = 256;
    public const int MostItems = 8_192;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _dirty = new(StringComparer.Ordinal);
    private readonly Queue<TopicDelta> _deltas = new();
    private readonly ITopicSource _source;
    private int _items;
    private bool _overflowed;
    private TopicSnapshot? _snapshot;

    internal TopicLog(string topic, ITopicSource source, DateTimeOffset now)
    {
        (Topic, _source) = (topic, source);
        Sequence = now.ToUnixTimeMilliseconds() * 1000;
    }

    public string Topic { get; }

    public long Sequence { get; private set; }

    /// <summary>How many listen; a log nobody listens to is dropped after a while.</summary>
    public int Listeners { get; internal set; }

    internal DateTimeOffset IdleSince { get; set; }

    public int Kept
    {
        get
        {
            lock (_gate)
            {
                return _items;
            }
        }
    }

    internal void Touch(string key)
    {
        lock (_gate)
        {
            if (_overflowed)
            {
                return;
            }

            _dirty.Add(key);
            if (_dirty.Count > MostDirty)
            {
                _overflowed = true;
                _dirty.Clear();
            }
        }
    }

    /// <summary>Makes what waits into the next delta; true where there was something.</summary>
    internal bool Flush(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_dirty.Count == 0 && !_overflowed)
            {
                return false;
            }

            if (_overflowed)
            {
                (_overflowed, _items) = (false, 0);
                _deltas.Clear();
            }
            else
            {
                Keep(Read(now));
                _dirty.Clear();
            }

            Sequence++;
            _snapshot = null;
            return true;
        }
    }

    /// <summary>Everything as of now; computed once per sequence, whoever asks.</summary>
    public TopicSnapshot Snapshot(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _snapshot ??= new(Topic, Sequence, now, [.. _source.Keys(Topic).Select(key => (key, Value: _source.Item(Topic, key))).Where(item => item.Value is not null).Select(item => new TopicItem(item.key, item.Value!))]);
        }
    }

    /// <summary>The deltas after a sequence, oldest first; null where they are no longer (or never were) kept and only a snapshot helps.</summary>
    public ImmutableArray<TopicDelta>? After(long sequence)
    {
        lock (_gate)
        {
            if (sequence == Sequence)
            {
                return [];
            }

            return sequence > Sequence || _deltas.Count == 0 || _deltas.Peek().Sequence > sequence + 1 ? null : [.. _deltas.SkipWhile(delta => delta.Sequence <= sequence)];
        }
    }

    private TopicDelta Read(DateTimeOffset now)
    {
        var changed = ImmutableArray.CreateBuilder<TopicItem>(_dirty.Count);
        var removed = ImmutableArray.CreateBuilder<string>();
        foreach (var key in _dirty)
        {
            if (_source.Item(Topic, key) is { } value)
            {
                changed.Add(new(key, value));
            }
            else
            {
                removed.Add(key);
            }
        }

        return new(Topic, Sequence + 1, now, changed.DrainToImmutable(), removed.DrainToImmutable());
    }

    private void Keep(TopicDelta delta)
    {
        _deltas.Enqueue(delta);
        _items += Size(delta);
        while (_deltas.Count > MostDeltas || (_items > MostItems && _deltas.Count > 1))
        {
            _items -= Size(_deltas.Dequeue());
        }
    }

    private static int Size(TopicDelta delta) => delta.Changed.Length + delta.Removed.Length;
}
