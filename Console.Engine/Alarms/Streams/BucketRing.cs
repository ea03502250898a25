namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>The distributions of one stream at one resolution: for each time with observations, its buckets and how many fell in each. Its stream locks.</summary>
internal sealed class BucketRing(int most)
{
    private const int EntryBytes = 8;
    private const int CellBytes = 48;

    private readonly LinkedList<Cell> _cells = new();

    public int Bytes { get; private set; }

    /// <summary>Adds to a bucket, where <paramref name="room"/> allows it; false where it did not.</summary>
    public bool Add(int slot, int bucket, int count, Func<int, bool> room)
    {
        if (_cells.Last is { } newest && slot <= newest.Value.Slot - most)
        {
            return true;
        }

        Forget(slot);
        var at = _cells.Last;
        while (at is not null && at.Value.Slot > slot)
        {
            at = at.Previous;
        }

        if (at is null || at.Value.Slot != slot)
        {
            if (!room(CellBytes + (Cell.First * EntryBytes)))
            {
                return false;
            }

            at = at is null ? _cells.AddFirst(new Cell(slot)) : _cells.AddAfter(at, new Cell(slot));
            Bytes += CellBytes + (Cell.First * EntryBytes);
        }

        var growth = at.Value.Growth(bucket) * EntryBytes;
        if (growth > 0 && !room(growth))
        {
            return false;
        }

        Bytes += growth;
        at.Value.Add(bucket, count);
        return true;
    }

    /// <summary>Adds one period's buckets to counts; answers how many observations they were.</summary>
    public long Read(int from, int to, Span<long> counts)
    {
        var total = 0L;
        for (var at = _cells.Last; at is not null && at.Value.Slot >= from; at = at.Previous)
        {
            total += at.Value.Slot < to ? at.Value.AddTo(counts) : 0;
        }

        return total;
    }

    private void Forget(int slot)
    {
        while (_cells.First is { } oldest && oldest.Value.Slot <= Math.Max(slot, _cells.Last!.Value.Slot) - most)
        {
            Bytes -= CellBytes + (oldest.Value.Length * EntryBytes);
            _cells.RemoveFirst();
        }
    }

    private sealed class Cell(int slot)
    {
        public const int First = 4;

        private (int Bucket, int Count)[] _entries = new (int, int)[First];
        private int _count;

        public int Slot { get; } = slot;

        public int Length => _entries.Length;

        public int Growth(int bucket) => _count == _entries.Length && Find(bucket) < 0 ? _entries.Length : 0;

        public void Add(int bucket, int count)
        {
            var at = Find(bucket);
            if (at < 0)
            {
                if (_count == _entries.Length)
                {
                    Array.Resize(ref _entries, _count * 2);
                }

                at = ~at;
                Array.Copy(_entries, at, _entries, at + 1, _count - at);
                _entries[at] = (bucket, 0);
                _count++;
            }

            _entries[at].Count = (int)Math.Min(int.MaxValue, (long)_entries[at].Count + count);
        }

        public long AddTo(Span<long> counts)
        {
            var total = 0L;
            foreach (var (bucket, count) in _entries.AsSpan(0, _count))
            {
                counts[bucket] += count;
                total += count;
            }

            return total;
        }

        private int Find(int bucket)
        {
            var (low, high) = (0, _count - 1);
            while (low <= high)
            {
                var middle = (low + high) >> 1;
                if (_entries[middle].Bucket == bucket)
                {
                    return middle;
                }

                (low, high) = _entries[middle].Bucket < bucket ? (middle + 1, high) : (low, middle - 1);
            }

            return ~low;
        }
    }
}
