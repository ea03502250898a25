namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>The sums of one stream at one resolution. Only times with observations take a cell; the oldest fall out. Not safe by itself: its stream locks.</summary>
internal sealed class CellRing(int most)
{
    /// <summary>Two whole numbers and three others.</summary>
    public const int CellBytes = 32;
    private const int First = 4;

    private Cell[] _cells = [];
    private int _start;
    private int _count;

    public int Count => _count;

    /// <summary>How many bytes one more time would take, at most.</summary>
    public int Growth(int slot) => _count < _cells.Length || _cells.Length == most || (_count > 0 && Newest == slot) ? 0 : (Math.Min(most, Math.Max(First, _cells.Length * 2)) - _cells.Length) * CellBytes;

    public int Bytes => _cells.Length * CellBytes;

    public int Newest => _count == 0 ? int.MinValue : At(_count - 1).Slot;

    public int Oldest => _count == 0 ? int.MaxValue : At(0).Slot;

    public void Add(int slot, double value, int count)
    {
        var at = _count - 1;
        while (at >= 0 && At(at).Slot > slot)
        {
            at--;
        }

        if (at >= 0 && At(at).Slot == slot)
        {
            At(at).Add(value, count);
            return;
        }

        if (_count > 0 && slot <= Newest - most)
        {
            return;
        }

        MakeRoom(slot);
        for (at = _count - 1; at >= 0 && At(at).Slot > slot; at--)
        {
            At(at + 1) = At(at);
        }

        At(at + 1) = new Cell { Slot = slot, Count = count, Sum = value * count, Least = value, Most = value };
        _count++;
    }

    /// <summary>Adds cells to the periods they lie in.</summary>
    /// <param name="from">First slot of the first period.</param>
    /// <param name="length">Slots in a period.</param>
    public void Read(int from, int length, Span<PeriodSum> periods)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            ref var cell = ref At(i);
            if (cell.Slot < from)
            {
                return;
            }

            var period = (cell.Slot - from) / length;
            if (period < periods.Length)
            {
                periods[period].Add(cell.Count, cell.Sum, cell.Least, cell.Most);
            }
        }
    }

    /// <summary>How many times since a slot have observations, and how many those are.</summary>
    public (int Times, long Observations) Since(int slot)
    {
        var (times, observations) = (0, 0L);
        for (var i = _count - 1; i >= 0 && At(i).Slot >= slot; i--)
        {
            (times, observations) = (times + 1, observations + At(i).Count);
        }

        return (times, observations);
    }

    private void MakeRoom(int slot)
    {
        // What is beyond the span is of no use to anybody: it makes room before the array grows.
        while (_count > 0 && (_count == most || At(0).Slot <= Math.Max(slot, Newest) - most))
        {
            _start = (_start + 1) % _cells.Length;
            _count--;
        }

        if (_count < _cells.Length)
        {
            return;
        }

        var larger = new Cell[Math.Min(most, Math.Max(First, _cells.Length * 2))];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = At(i);
        }

        (_cells, _start) = (larger, 0);
    }

    private ref Cell At(int index) => ref _cells[(_start + index) % _cells.Length];

    private struct Cell
    {
        public int Slot;
        public int Count;
        public double Sum;
        public double Least;
        public double Most;

        public void Add(double value, int count)
        {
            (Least, Most) = (Math.Min(Least, value), Math.Max(Most, value));
            Sum += value * count;
            Count = (int)Math.Min(int.MaxValue, (long)Count + count);
        }
    }
}
