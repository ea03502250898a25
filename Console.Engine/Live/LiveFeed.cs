using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Live;

/// <summary>Hands every commit on to whoever looks: pages in this process, and the topics of the hub. It never waits for any of them.</summary>
public sealed class LiveFeed(TimeProvider clock) : ICommitObserver
{
    private ImmutableArray<LiveSubscription> _subscribers = [];
    private long _sequence;

    /// <summary>Sequence of the newest event handed on; 0 before the first.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>When the newest commit was handed on; null before the first.</summary>
    public DateTimeOffset? LastCommit { get; private set; }

    public int Subscribers => _subscribers.Length;

    public void Committed(ImmutableArray<Recorded> events)
    {
        if (events.IsEmpty)
        {
            return;
        }

        LastCommit = clock.GetUtcNow();
        Volatile.Write(ref _sequence, events[^1].Sequence);
        foreach (var subscriber in _subscribers)
        {
            subscriber.Offer(events);
        }
    }

    /// <summary>Begins to listen to streams of these families; none means all. Dispose it to stop.</summary>
    public LiveSubscription Subscribe(params ImmutableArray<string> families)
    {
        var subscription = new LiveSubscription(families, gone => ImmutableInterlocked.Update(ref _subscribers, all => all.Remove(gone)));
        ImmutableInterlocked.Update(ref _subscribers, all => all.Add(subscription));
        return subscription;
    }
}
