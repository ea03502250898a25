using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>
/// The one append-only log. Appends of all writers are grouped into one commit; nobody is told of an event before its commit is on disk.
/// </summary>
public interface IJournal
{
    /// <summary>Rises by one each time a commit fails. What was queued in an older generation is lost, and its writers fall back to what is committed.</summary>
    long Generation { get; }

    /// <summary>
    /// Queues events for the next commit and returns at once. <see cref="Append.OnCommitted"/> or <see cref="Append.OnFailed"/> is called exactly
    /// once, in the order of the queue, before any later append's. Returns a rejection, and calls neither, when <paramref name="generation"/> is old,
    /// the queue is full or the journal is closed.
    /// </summary>
    Rejection? Enqueue(Append append, long generation);

    /// <summary>What the command with this key led to; null where the key is new. Keys are kept for 7 days at least.</summary>
    /// <exception cref="JournalException">The keys cannot be read now.</exception>
    KeyedResult? FindKey(string idempotencyKey);

    /// <summary>Snapshots and the events after them, for the fold at start; events come in the order of their sequence.</summary>
    IAsyncEnumerable<Loaded> LoadAsync(CancellationToken cancel);

    /// <summary>Keeps a stream's state as of a version. May be forgotten by a crash: it is a short cut, not the truth.</summary>
    void SaveSnapshot(StreamId stream, long version, object state);

    /// <summary>A page of the audit, newest first, archived events included.</summary>
    Task<AuditPage> ReadBackAsync(AuditQuery query, CancellationToken cancel);
}

/// <summary>A key's first answer.</summary>
/// <param name="CommandDigest">See <see cref="Append.CommandDigest"/>.</param>
public sealed record KeyedResult(StreamId Stream, long Version, string? CommandDigest = null);

/// <summary>Either a snapshot (<see cref="State"/>) or an event (<see cref="Event"/>).</summary>
public sealed record Loaded(StreamId Stream, long Version, object? State, Recorded? Event);

/// <param name="Before">Sequence to read back from, exclusive; null for the newest.</param>
/// <param name="Stream">Only streams whose name starts with this; null for all.</param>
/// <param name="Actor">Only this actor id; null for all.</param>
/// <param name="Text">Only events whose type, reason or payload holds this text; null for all.</param>
/// <param name="Take">1 to 500.</param>
public sealed record AuditQuery(long? Before = null, string? Stream = null, string? Actor = null, string? Text = null, int Take = 100);
