namespace OpsConsole.Engine.Canaries.Running;

/// <summary>How long the runner itself was held up, by whatever: what makes "no answer came" a fact about the target and not about us.</summary>
public interface IRunnerLag
{
    /// <summary>The longest hold-up since a timestamp of the clock.</summary>
    TimeSpan Since(long timestamp);
}

/// <summary>
/// Measures it on a thread of its own: when it wakes late, the machine or the process stood still; when a small piece of work waits long for a pool thread,
/// so do answers that arrived.
/// </summary>
public sealed class RunnerLag : IRunnerLag, IDisposable
{
    private const int Kept = 2_400;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly (long At, TimeSpan Lag)[] _samples = new (long, TimeSpan)[Kept];
    private readonly ManualResetEvent _ended = new(false);
    private readonly Thread _thread;
    private long _count;
    private long _woke;
    private long _queued;

    public RunnerLag(TimeProvider clock)
    {
        _clock = clock;
        _woke = clock.GetTimestamp();
        _thread = new Thread(Watch) { IsBackground = true, Name = "canary lag" };
        _thread.Start();
    }

    public TimeSpan Since(long timestamp)
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            var worst = _clock.GetElapsedTime(_woke, now) - Every;
            if (_queued != 0 && _clock.GetElapsedTime(_queued, now) is var waits && waits > worst)
            {
                worst = waits;
            }

            for (var back = 1; back <= Math.Min(_count, Kept); back++)
            {
                var (at, lag) = _samples[(_count - back) % Kept];
                if (at < timestamp)
                {
                    break;
                }

                worst = lag > worst ? lag : worst;
            }

            var whole = _clock.GetElapsedTime(timestamp, now);
            return worst < TimeSpan.Zero ? TimeSpan.Zero : worst > whole ? whole : worst;
        }
    }

    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        _ended.Dispose();
    }

    private void Watch()
    {
        while (!_ended.WaitOne(Every))
        {
            var ask = false;
            lock (_gate)
            {
                var now = _clock.GetTimestamp();
                Take(now, _clock.GetElapsedTime(_woke, now) - Every);
                _woke = now;
                if (_queued == 0)
                {
                    (_queued, ask) = (now, true);
                }
            }

            if (ask)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static lag => lag.Served(), this, preferLocal: false);
            }
        }
    }

    private void Served()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            Take(now, _clock.GetElapsedTime(_queued, now));
            _queued = 0;
        }
    }

    private void Take(long at, TimeSpan lag) => _samples[_count++ % Kept] = (at, lag);
}
