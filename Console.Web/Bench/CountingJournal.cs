using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Bench;

/// <summary>Commits at once and keeps nothing but counts: what is measured is the engine, and <c>bench journal</c> measures the journal.</summary>
internal sealed class CountingJournal : IJournal
{
    private readonly Lock _lock = new();
    private long _sequence;

    public long Generation => 0;

    public long Events => _sequence;

    public Rejection? Enqueue(Append append, long generation)
    {
        lock (_lock)
        {
            ImmutableArray<Recorded> recorded = [.. append.Events.Select((happened, i) => new Recorded(_sequence + i + 1, append.Stream, append.After + i + 1, append.At, append.Actor, append.Reason, append.Cause, happened))];
            _sequence += recorded.Length;
            append.OnCommitted(recorded);
            return null;
        }
    }

    public KeyedResult? FindKey(string idempotencyKey) => null;

    public async IAsyncEnumerable<Loaded> LoadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        yield break;
    }

    public void SaveSnapshot(StreamId stream, long version, object state)
    {
    }

    public Task<AuditPage> ReadBackAsync(AuditQuery query, CancellationToken cancel) => Task.FromResult(new AuditPage([], null));
}
