namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>
/// The disk of a host as drills make it. Killing a process loses nothing that was written, because the system's cache outlives it: only a loss of power shows who acknowledged before the
/// disk had it. So each file knows up to where it was flushed, and when the power goes everything after is cut off and nothing is written any more, until the process is ended.
/// </summary>
internal sealed class PatientDisk
{
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(5);

    private readonly Lock _power = new();
    private readonly HashSet<KeptFile> _open = [];
    private bool _off;
    private volatile bool _ignoresSync;
    private volatile bool _full;
    private long _delayTicks;

    /// <summary>Planted: says that it flushed and has not.</summary>
    public bool IgnoresSync
    {
        get => _ignoresSync;
        set => _ignoresSync = value;
    }

    /// <summary>Takes no more.</summary>
    public bool Full
    {
        get => _full;
        set => _full = value;
    }

    /// <summary>Added to each flush; 0 to 5 s.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, Math.Clamp(value.Ticks, 0, Slowest.Ticks));
    }

    /// <summary>What was not flushed is gone, and whoever writes from now on waits for ever: the process is to be ended at once.</summary>
    public void LosePower()
    {
        lock (_power)
        {
            _off = true;
            foreach (var file in _open)
            {
                file.LoseUnflushed();
            }
        }
    }

    public void Opened(KeptFile file)
    {
        lock (_power)
        {
            _open.Add(file);
        }
    }

    public void Closed(KeptFile file)
    {
        lock (_power)
        {
            _open.Remove(file);
        }
    }

    public void Write(Action write)
    {
        if (Full)
        {
            throw new IOException("no space is left on the disk (a drill)");
        }

        WithPower(write);
    }

    public void Flush(Action flush)
    {
        if (Delay > TimeSpan.Zero)
        {
            Wait(Delay);
        }

        WithPower(() =>
        {
            if (!IgnoresSync)
            {
                flush();
            }
        });
    }

    private void WithPower(Action what)
    {
        lock (_power)
        {
            if (!_off)
            {
                what();
                return;
            }
        }

        Wait(Timeout.InfiniteTimeSpan);
    }

    private static void Wait(TimeSpan span)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(span);
    }
}
