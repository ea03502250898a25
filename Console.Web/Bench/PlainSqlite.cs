using Microsoft.Data.Sqlite;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Web.Bench;

/// <summary>The measure the journal is held against: rows of the same size, ready-made, one prepared insert each, in durable commits. No index, no hash, no JSON.</summary>
internal sealed class PlainSqlite : IDisposable
{
    private static readonly byte[] Payload = EventTypes.Write(JournalLoadRun.Event(123_456));
    private readonly SqliteConnection _connection;
    private long _sequence;

    public PlainSqlite(string file)
    {
        _connection = JournalDatabase.Open(file, SqliteOpenMode.ReadWriteCreate);
        JournalDatabase.Tune(_connection, TimeSpan.FromSeconds(1));
        SqlStatement.Execute(_connection, "CREATE TABLE plain(seq INTEGER PRIMARY KEY, stream TEXT, version INTEGER, type TEXT, at INTEGER, actor TEXT, cause TEXT, payload TEXT, hash BLOB)");
    }

    public static int PayloadBytes => Payload.Length;

    public TimeSpan Insert(int rows, int perCommit, TimeProvider clock)
    {
        using var insert = new SqlStatement(_connection, "INSERT INTO plain VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
        var (stream, type, actor, cause, hash) = ("fleet/region-1"u8.ToArray(), "fleet.visits-began"u8.ToArray(), "engine"u8.ToArray(), "tick"u8.ToArray(), new byte[32]);
        var started = clock.GetTimestamp();
        for (var done = 0; done < rows; done += perCommit)
        {
            SqlStatement.Execute(_connection, "BEGIN IMMEDIATE");
            for (var i = done; i < Math.Min(rows, done + perCommit); i++)
            {
                insert.Bind(1, ++_sequence).Text(2, stream).Bind(3, _sequence).Text(4, type).Bind(5, 638_000_000_000_000_000 + i).Text(6, actor).Text(7, cause).Text(8, Payload).Blob(9, hash).Run();
            }

            SqlStatement.Execute(_connection, "COMMIT");
        }

        return clock.GetElapsedTime(started);
    }

    public void Dispose() => _connection.Dispose();
}
