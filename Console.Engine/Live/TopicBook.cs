using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Live;

/// <summary>The topics of the hub. A commit only takes down which keys it touched; <see cref="TopicPump"/> turns them into one delta a topic for everyone.</summary>
public sealed class TopicBook(IEnumerable<ITopicSource> sources, TimeProvider clock) : ICommitObserver, ITouched
{
    /// <summary>Topics with a log at the same time; one more is refused.</summary>
    public const int MostTopics = 1_000;

    /// <summary>A log that nobody listens to is kept this long, for clients that come back.</summary>
    public static readonly TimeSpan KeepIdle = TimeSpan.FromMinutes(2);

    private readonly ImmutableArray<ITopicSource> _sources = [.. sources];
    private readonly ConcurrentDictionary<string, TopicLog> _logs = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Action<TopicLog>? _flushed;
    private Action? _waiting;

    public IEnumerable<TopicLog> Logs => _logs.Values;

    public void Committed(ImmutableArray<Recorded> events)
    {
        if (_logs.IsEmpty)
        {
            return;
        }

        foreach (var recorded in events)
        {
            foreach (var source in _sources)
            {
                source.Touched(recorded, this);
            }
        }
    }

    public bool Wanted(string topic) => _logs.ContainsKey(topic);

    public void Touch(string topic, string key)
    {
        if (_logs.TryGetValue(topic, out var log))
        {
            log.Touch(key);
            _waiting?.Invoke();
        }
    }

    /// <summary>Starts to listen; null where there is no such topic, or there are too many. Each call is paired with one <see cref="Leave"/>.</summary>
    public TopicLog? Join(string topic)
    {
        lock (_gate)
        {
            if (!_logs.TryGetValue(topic, out var log))
            {
                if (_logs.Count >= MostTopics || _sources.FirstOrDefault(source => source.Has(topic)) is not { } owner)
                {
                    return null;
                }

                _logs[topic] = log = new TopicLog(topic, owner, clock.GetUtcNow());
            }

            log.Listeners++;
            return log;
        }
    }

    public void Leave(TopicLog log)
    {
        lock (_gate)
        {
            log.Listeners--;
            log.IdleSince = clock.GetUtcNow();
        }
    }

    /// <summary>Calls <paramref name="flushed"/> for each topic that got a new delta; dispose the answer to stop.</summary>
    public IDisposable Listen(Action<TopicLog> flushed)
    {
        _flushed += flushed;
        return new Ended(() => _flushed -= flushed);
    }

    internal void OnWaiting(Action waiting) => _waiting = waiting;

    /// <summary>Makes what waits into deltas, and forgets logs that nobody has listened to for a while.</summary>
    internal void Flush()
    {
        var now = clock.GetUtcNow();
        foreach (var log in _logs.Values)
        {
            if (log.Flush(now))
            {
                _flushed?.Invoke(log);
            }
            else if (log.Listeners == 0 && now - log.IdleSince > KeepIdle)
            {
                Forget(log, now);
            }
        }
    }

    private void Forget(TopicLog log, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (log.Listeners == 0 && now - log.IdleSince > KeepIdle)
            {
                _logs.TryRemove(log.Topic, out _);
            }
        }
    }

    private sealed class Ended(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
