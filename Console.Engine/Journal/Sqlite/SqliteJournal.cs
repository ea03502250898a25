using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// The journal on disk: one SQLite database, written by one thread that puts all queued appends into one durable commit. When a commit fails, all
/// that is queued is refused and nothing of it is on disk; the next append tries again, after a pause of 50 ms that doubles up to 2 s.
/// </summary>
public sealed class SqliteJournal : IJournal, IAsyncDisposable
{
    private readonly JournalOptions _options;
    private readonly FileStream _lock;
    private readonly AppendQueue _queue;
    private readonly JournalWriter _writer;
    private readonly SnapshotTable _snapshots;
    private readonly SnapshotPump _pump;
    private readonly KeyLookup _keys;
    private readonly JournalArchive _archive;
    private int _disposed;

    /// <exception cref="JournalException">The folder or the database cannot be used; the message says why and what to do, and nothing was changed.</exception>
    public SqliteJournal(JournalOptions options, IEnumerable<StreamFamily> families, TimeProvider clock, ILogger<SqliteJournal>? log = null)
    {
        var logger = log ?? NullLogger<SqliteJournal>.Instance;
        _options = options;
        _lock = JournalLock.Take(options);
        try
        {
            var noted = HeadFile.Read(options.HeadFile);
            var connection = JournalDatabase.OpenToWrite(options);
            var head = JournalDatabase.ReadHead(connection, "head");
            if (noted is not null && noted.Sequence > head.Sequence)
            {
                connection.Dispose();
                throw new JournalException($"{options.Database} ends at event {head.Sequence}, but {options.HeadFile} says that event {noted.Sequence} was acknowledged: this is an older copy, or events were lost. Nothing was changed. If you put an older copy back on purpose, delete {options.HeadFile} and start again.");
            }

            _keys = new(options);
            _queue = new(options, head, clock);
            _writer = new(options, connection, _queue, head, clock, logger);
            _snapshots = new(families, logger);
            _pump = new(_writer, _snapshots, logger);
            _archive = new(options, _writer, _snapshots, clock);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public long Generation => _queue.Generation;

    /// <summary>The last acknowledged event's sequence; 0 before the first.</summary>
    public long LastSequence => _writer.Committed.Sequence;

    public Rejection? Enqueue(Append append, long generation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(append.Events.Length);
        var events = new EncodedEvent[append.Events.Length];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = EncodedEvent.Of(append, i);
            if (events[i].Size > _options.MaxEventBytes)
            {
                return JournalRefusals.TooLarge(events[i].Size, _options.MaxEventBytes);
            }
        }

        return _queue.Add(new QueuedAppend(append, events), generation);
    }

    public KeyedResult? FindKey(string idempotencyKey) => _keys.Find(idempotencyKey);

    public async IAsyncEnumerable<Loaded> LoadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        using var all = new JournalLoad(_options, _snapshots).Read().GetEnumerator();
        while (Next(all))
        {
            cancel.ThrowIfCancellationRequested();
            yield return all.Current;
        }
    }

    public void SaveSnapshot(StreamId stream, long version, object state) => _pump.Offer(stream, version, state);

    /// <summary>Keeps a snapshot and returns when it is on disk.</summary>
    public Task SaveSnapshotAsync(StreamId stream, long version, object state) => _pump.SaveAsync(stream, version, state);

    public Task<AuditPage> ReadBackAsync(AuditQuery query, CancellationToken cancel) => Task.Run(() => new AuditReader(_options).Read(query, cancel), cancel);

    /// <summary>Moves what is old enough into the archive and forgets old keys; returns how many segments were written.</summary>
    public async Task<int> KeepAsync(CancellationToken cancel)
    {
        await _archive.ForgetKeysAsync().ConfigureAwait(false);
        var moved = 0;
        while (await Task.Run(() => _archive.MoveNextAsync(cancel), cancel).ConfigureAwait(false))
        {
            moved++;
        }

        return moved;
    }

    /// <summary>Returns when all that is queued now has been committed or refused.</summary>
    public Task FlushAsync() => _writer.FlushAsync();

    private bool Next(IEnumerator<Loaded> all)
    {
        try
        {
            return all.MoveNext();
        }
        catch (Exception e) when (e is SqliteException or IOException or InvalidDataException or JsonException)
        {
            throw new JournalException($"The journal in {_options.DataFolder} cannot be read: {e.Message} Nothing was changed. 'audit verify' names the first broken event; put a whole copy of the folder in its place.", e);
        }
    }

    /// <summary>Writes what is queued and the snapshots that wait, and lets go of the folder. Later appends are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _queue.Close();
        await _pump.DisposeAsync().ConfigureAwait(false);

        // The writer's connection closes last: only so is the log folded into the database, and that one file is the whole of it.
        _keys.Dispose();
        _writer.Dispose();
        _queue.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }
}
