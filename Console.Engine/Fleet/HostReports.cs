using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet;

/// <summary>Keeps what hosts answered until the tick takes it. It depends on nothing: drivers hold it, and the command path, through the gate, holds drivers.</summary>
public sealed class HostReports : IHostReports
{
    /// <summary>Answers kept at most, in all. A dropped one is no loss: the gate sends its command again and the host answers as before.</summary>
    public const int Most = 200_000;

    private readonly Lock _lock = new();
    private Dictionary<string, List<StepReport>> _waiting = [];
    private int _count;
    private long _dropped;

    /// <summary>How many answers were dropped for want of room since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public int Waiting => Volatile.Read(ref _count);

    public void Report(string region, StepReport report)
    {
        var bounded = report.Bounded();
        lock (_lock)
        {
            Keep(region, bounded);
        }
    }

    /// <summary>All that waits, by region; it waits no longer.</summary>
    internal IReadOnlyCollection<KeyValuePair<string, List<StepReport>>> Take()
    {
        lock (_lock)
        {
            var waiting = _waiting;
            (_waiting, _count) = ([], 0);
            return waiting;
        }
    }

    internal void PutBack(string region, StepReport[] reports)
    {
        lock (_lock)
        {
            Array.ForEach(reports, report => Keep(region, report));
        }
    }

    private void Keep(string region, StepReport report)
    {
        if (_count >= Most)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        if (!_waiting.TryGetValue(region, out var reports))
        {
            _waiting[region] = reports = [];
        }

        reports.Add(report);
        _count++;
    }
}
