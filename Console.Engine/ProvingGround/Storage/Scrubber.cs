namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>Reads every shard again and again, as fast as the stated bound of a pass asks for and no faster.</summary>
/// <param name="found">Told of each corrupt shard, with its placement group.</param>
internal sealed class Scrubber(ShardStore store, TimeProvider clock, Action<ShardName, int> found)
{
    /// <summary>A step never reads more than this, however long it was waited for.</summary>
    private const int MostAtOnce = 2_000;

    /// <summary>Faster than the bound by this much, so that shards put during a pass do not make it late.</summary>
    private const double Margin = 1.2;

    private readonly long _began = clock.GetTimestamp();
    private long _last = clock.GetTimestamp();
    private long _ended;
    private ShardName? _at;
    private double _owed;
    private int _done;

    /// <summary>Whole passes since the start.</summary>
    public int Passes { get; private set; }

    public double Done => Math.Min(1, _done / (double)Math.Max(1, store.Shards));

    /// <summary>Since the last whole pass ended; since the start where none did.</summary>
    public TimeSpan Age => clock.GetElapsedTime(Passes == 0 ? _began : _ended);

    /// <summary>Reads what has come due since the step before.</summary>
    public void Step()
    {
        var now = clock.GetTimestamp();
        _owed = Math.Min(MostAtOnce, _owed + ((store.Shards + 1) * Margin * (clock.GetElapsedTime(_last, now) / store.Options.ScrubPass)));
        _last = now;
        if (_owed >= 1)
        {
            Read((int)_owed, now);
            _owed -= (int)_owed;
        }
    }

    private void Read(int due, long now)
    {
        var page = store.After(_at, due);
        foreach (var (name, group) in page)
        {
            _at = name;
            _done++;
            if (store.Read(name).State == ShardState.Corrupt)
            {
                found(name, group);
            }
        }

        if (page.Length < due)
        {
            (_at, _done, _ended) = (null, 0, now);
            Passes++;
        }
    }
}
