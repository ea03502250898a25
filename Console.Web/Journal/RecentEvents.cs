using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Journal;

/// <summary>The newest events, kept in memory for the pages that show what happened just now.</summary>
public sealed class RecentEvents(IJournal journal) : ICommitObserver
{
    public const int Most = 60;

    private readonly Lock _gate = new();
    private ImmutableQueue<Recorded> _events = [];
    private int _count;

    /// <summary>Newest first.</summary>
    public IEnumerable<Recorded> Newest => _events.Reverse();

    public void Committed(ImmutableArray<Recorded> events)
    {
        lock (_gate)
        {
            foreach (var recorded in events)
            {
                Keep(recorded);
            }
        }
    }

    /// <summary>Reads what the journal already held, once, at the start.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        var before = await journal.ReadBackAsync(new(Take: Most), cancel);
        lock (_gate)
        {
            var since = _events;
            (_events, _count) = ([], 0);
            foreach (var recorded in before.Reverse().Concat(since).DistinctBy(one => one.Sequence))
            {
                Keep(recorded);
            }
        }
    }

    private void Keep(Recorded recorded)
    {
        _events = _events.Enqueue(recorded);
        if (++_count > Most)
        {
            _events = _events.Dequeue();
            _count--;
        }
    }
}
