using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>
/// A journal that commits at once, in memory: for rehearsals and deterministic runs. What it holds outlives an engine that is thrown away.
/// It keeps everything: not for a console that stays up.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<Recorded> _events = [];
    private readonly Dictionary<string, KeyedResult> _keys = [];
    private readonly Queue<(Append Append, ImmutableArray<Recorded> Recorded)> _untold = new();
    private bool _telling;
    private ImmutableDictionary<StreamId, (long Version, object State)> _snapshots = ImmutableDictionary<StreamId, (long, object)>.Empty;

    public long Generation => 0;

    public IReadOnlyList<Recorded> Events => _events;

    /// <summary>Called after each append: a scenario stops the engine here, after any event it likes.</summary>
    public Action<ImmutableArray<Recorded>>? AfterCommit { get; set; }

    public Rejection? Enqueue(Append append, long generation)
    {
        lock (_gate)
        {
            ImmutableArray<Recorded> recorded = [.. append.Events.Select((happened, i) => new Recorded(_events.Count + i + 1, append.Stream, append.After + i + 1, append.At, append.Actor, append.Reason, append.Cause, happened))];
            _events.AddRange(recorded);
            if (append.IdempotencyKey is { } key)
            {
                _keys[key] = new(append.Stream, append.After + append.Events.Length, append.CommandDigest);
            }

            _untold.Enqueue((append, recorded));
            if (_telling)
            {
                return null;
            }

            _telling = true;
        }

        TellAll();
        return null;
    }

    /// <summary>One caller tells for all, in the order of the sequence and without the lock: a callback may append again.</summary>
    private void TellAll()
    {
        try
        {
            while (true)
            {
                (Append Append, ImmutableArray<Recorded> Recorded) next;
                lock (_gate)
                {
                    if (!_untold.TryDequeue(out next))
                    {
                        _telling = false;
                        return;
                    }
                }

                next.Append.OnCommitted(next.Recorded);
                AfterCommit?.Invoke(next.Recorded);
            }
        }
        catch
        {
            // A scenario stopped the engine: nobody is left to be told of the rest.
            lock (_gate)
            {
                _untold.Clear();
                _telling = false;
            }

            throw;
        }
    }

    public KeyedResult? FindKey(string idempotencyKey)
    {
        lock (_gate)
        {
            return _keys.GetValueOrDefault(idempotencyKey);
        }
    }

    public async IAsyncEnumerable<Loaded> LoadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var (stream, snapshot) in _snapshots)
        {
            yield return new(stream, snapshot.Version, snapshot.State, null);
        }

        foreach (var recorded in _events.ToArray())
        {
            if (!_snapshots.TryGetValue(recorded.Stream, out var snapshot) || recorded.Version > snapshot.Version)
            {
                yield return new(recorded.Stream, recorded.Version, null, recorded);
            }
        }
    }

    public void SaveSnapshot(StreamId stream, long version, object state) => ImmutableInterlocked.Update(ref _snapshots, all => all.SetItem(stream, (version, state)));

    private static bool Holds(Recorded recorded, string text) =>
        new[] { EventTypes.NameOf(recorded.Event), recorded.Reason, Encoding.UTF8.GetString(EventTypes.Write(recorded.Event)) }.Any(part => part?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);

    public Task<AuditPage> ReadBackAsync(AuditQuery query, CancellationToken cancel)
    {
        lock (_gate)
        {
            var take = Math.Clamp(query.Take, 1, 500);
            List<Recorded> found = [.. _events.AsEnumerable().Reverse()
                .Where(e => (query.Before is null || e.Sequence < query.Before)
                    && (query.Stream is null || e.Stream.Value.StartsWith(query.Stream, StringComparison.Ordinal))
                    && (query.Actor is null || e.Actor == query.Actor)
                    && (query.Text is null || Holds(e, query.Text)))
                .Take(take + 1)];
            long? next = found.Count > take ? found[take - 1].Sequence : null;
            return Task.FromResult(new AuditPage([.. found.Take(take)], next));
        }
    }
}
