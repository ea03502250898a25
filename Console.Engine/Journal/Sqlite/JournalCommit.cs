using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Writes one group of appends in one transaction: all of it, or nothing.</summary>
internal sealed class JournalCommit : IDisposable
{
    private const int Columns = 11;
    private const int RowsAtOnce = 16;

    private readonly SqliteConnection _connection;
    private readonly SqlStatement _begin;
    private readonly SqlStatement _commit;
    private readonly SqlStatement _one;
    private readonly SqlStatement _many;
    private readonly SqlStatement _head;
    private readonly SqlStatement _key;
    private readonly SqlStatement _type;
    private readonly StreamIndex _index;
    private readonly HashSet<Type> _types = [];
    private readonly NativeBuffer _memory = new();

    public JournalCommit(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _one = new(connection, Insert(1));
        _many = new(connection, Insert(RowsAtOnce));
        _head = new(connection, "UPDATE meta SET number = ?, hash = ? WHERE name = 'head' AND number = ?");
        _key = new(connection, "INSERT OR REPLACE INTO keys(key, stream, version, at, command) VALUES(?, ?, ?, ?, ?)");
        _type = new(connection, "INSERT OR IGNORE INTO types(name) VALUES(?)");
        _index = new(connection);
    }

    public void Write(List<QueuedAppend> batch, ChainHead before, ChainHead after)
    {
        _begin.Run();
        try
        {
            WriteEvents(batch);
            var newTypes = WriteKeysAndTypes(batch);
            _head.Bind(1, after.Sequence).Blob(2, after.Hash).Bind(3, before.Sequence).Run();
            if (_head.Changes() != 1)
            {
                throw new JournalException($"Its last event on disk is not number {before.Sequence}, as this console left it: something else has written to it.");
            }

            _index.Write(batch, after.Sequence);
            _commit.Run();
            _types.UnionWith(newTypes);
            _index.Committed(after.Sequence);
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _one, _many, _head, _key, _type })
        {
            statement.Dispose();
        }

        _index.Dispose();
        _memory.Dispose();
    }

    private static string Insert(int rows) =>
        "INSERT INTO events(seq, stream, version, type, at, actor, reason, cause, key, payload, hash) VALUES" + string.Join(",", Enumerable.Repeat("(?,?,?,?,?,?,?,?,?,?,?)", rows));

    private void WriteEvents(List<QueuedAppend> batch)
    {
        var waiting = new EncodedEvent[RowsAtOnce];
        var count = 0;
        foreach (var append in batch)
        {
            foreach (var one in append.Events)
            {
                waiting[count++] = one;
                if (count == RowsAtOnce)
                {
                    WriteRows(_many, waiting.AsSpan());
                    count = 0;
                }
            }
        }

        foreach (var one in waiting.AsSpan(0, count))
        {
            WriteRows(_one, [one]);
        }
    }

    private void WriteRows(SqlStatement statement, ReadOnlySpan<EncodedEvent> events)
    {
        var size = 0;
        foreach (var one in events)
        {
            size += one.Size;
        }

        var memory = _memory.AtLeast(size);
        for (var row = 0; row < events.Length; row++)
        {
            events[row].CopyTo(memory);
            events[row].Bind(statement, (row * Columns) + 1, memory);
            memory += events[row].Size;
        }

        statement.Run();
    }

    private HashSet<Type> WriteKeysAndTypes(List<QueuedAppend> batch)
    {
        var newTypes = new HashSet<Type>();
        foreach (var queued in batch)
        {
            var append = queued.Append;
            if (append.IdempotencyKey is { } key)
            {
                _key.Text(1, key).Text(2, append.Stream.Value).Bind(3, append.After + append.Events.Length).Bind(4, append.At.UtcTicks).Text(5, append.CommandDigest).Run();
            }

            foreach (var happened in append.Events)
            {
                if (!_types.Contains(happened.GetType()) && newTypes.Add(happened.GetType()))
                {
                    _type.Text(1, EventTypes.NameOf(happened)).Run();
                }
            }
        }

        return newTypes;
    }

    private void RollBack()
    {
        _index.RolledBack();

        // Some failures end the transaction by themselves; a second rollback would be an error that hides the first.
        if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
        {
            raw.sqlite3_exec(_connection.Handle!, "ROLLBACK");
        }
    }
}
