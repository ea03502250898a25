namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>
/// Keeps customers from being done before the faults are, since all of those are to happen while somebody asks: where the requests that are left would not last as long as the faults that are
/// left, going by how long the ones before took, customers leave a pause between them. A drill with requests enough runs as fast as it can.
/// </summary>
internal sealed class DrillPace(int requests, TimeProvider clock)
{
    /// <summary>What a fault is taken to last until one has shown it.</summary>
    private static readonly TimeSpan FirstGuess = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long _began = clock.GetTimestamp();
    private long _next = clock.GetTimestamp();
    private int _planned;
    private int _done;

    public string Words
    {
        get
        {
            lock (_lock)
            {
                return $"{_done} of {_planned} faults";
            }
        }
    }

    public void Begin(int planned)
    {
        lock (_lock)
        {
            (_planned, _began) = (planned, clock.GetTimestamp());
        }
    }

    public void Done()
    {
        lock (_lock)
        {
            _done++;
        }
    }

    public Task WaitAsync(long taken, CancellationToken cancel) => Pause(taken) is { Ticks: > 0 } pause ? Task.Delay(pause, clock, cancel) : Task.CompletedTask;

    /// <param name="taken">Requests taken so far, this one with them.</param>
    internal TimeSpan Pause(long taken)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            if (_done >= _planned)
            {
                return TimeSpan.Zero;
            }

            var each = _done == 0 ? FirstGuess : clock.GetElapsedTime(_began, now) / _done;
            var between = each * (_planned - _done) / Math.Max(1, requests - taken);
            var mine = Math.Max(_next, now);
            _next = mine + (long)(between.TotalSeconds * clock.TimestampFrequency);
            var pause = clock.GetElapsedTime(now, mine);
            return pause < LongestPause ? pause : LongestPause;
        }
    }
}
