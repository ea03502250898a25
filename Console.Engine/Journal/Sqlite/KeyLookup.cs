using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Finds idempotency keys on a connection of its own, one caller at a time.</summary>
internal sealed class KeyLookup : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqlStatement _find;
    private bool _closed;

    public KeyLookup(JournalOptions options)
    {
        _connection = JournalDatabase.OpenToRead(options.Database);
        _find = new(_connection, "SELECT stream, version, command FROM keys WHERE key = ?");
    }

    public KeyedResult? Find(string key)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new JournalException("The console is shutting down.");
            }

            try
            {
                _find.Text(1, key);
                if (!_find.Step())
                {
                    return null;
                }

                var found = new KeyedResult(new(_find.Text(0)), _find.Number(1), _find.Text(2) is { Length: > 0 } command ? command : null);
                _find.Reset();
                return found;
            }
            catch (SqliteException e)
            {
                throw new JournalException($"The journal's keys cannot be read: {e.Message}", e);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _find.Dispose();
            _connection.Dispose();
        }
    }
}
