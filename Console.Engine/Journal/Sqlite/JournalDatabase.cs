using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Opens the database file: once to write, any number of times to read.</summary>
internal static class JournalDatabase
{
    /// <summary>Checks, creates or migrates the database and opens it to write. Throws <see cref="JournalException"/> where it cannot be used.</summary>
    public static SqliteConnection OpenToWrite(JournalOptions options)
    {
        try
        {
            if (File.Exists(options.Database) && new FileInfo(options.Database).Length > 0)
            {
                using var look = OpenToRead(options.Database);
                JournalSchema.Check(look, options.Database);
            }

            var connection = Open(options.Database, SqliteOpenMode.ReadWriteCreate);
            Tune(connection, options.LockTimeout);
            if (options.MaxPages > 0)
            {
                SqlStatement.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {options.MaxPages}"));
            }

            JournalSchema.Migrate(connection);
            StreamIndex.CatchUp(connection);
            return connection;
        }
        catch (SqliteException e)
        {
            throw new JournalException($"{options.Database} cannot be opened: {e.Message}. Nothing was changed. Check that the folder can be written and the disk is not full; if the file is broken, put a copy in its place.", e);
        }
    }

    public static SqliteConnection OpenToRead(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadOnly);
        SqlStatement.Execute(connection, "PRAGMA busy_timeout = 1000");
        return connection;
    }

    /// <summary>Durable commits: write-ahead log, synced at every commit. The log is folded into the file every 8,000 pages (32 MiB), by a commit where nobody else does it (<see cref="LogFolding"/>).</summary>
    public static void Tune(SqliteConnection connection, TimeSpan lockTimeout)
    {
        SqlStatement.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)lockTimeout.TotalMilliseconds}"));
        SqlStatement.Execute(connection, "PRAGMA journal_mode = WAL");
        SqlStatement.Execute(connection, "PRAGMA synchronous = FULL");
        SqlStatement.Execute(connection, "PRAGMA wal_autocheckpoint = 8000");
        SqlStatement.Execute(connection, "PRAGMA journal_size_limit = 67108864");
        SqlStatement.Execute(connection, "PRAGMA cache_size = -16384");
    }

    public static ChainHead ReadHead(SqliteConnection connection, string name)
    {
        using var statement = new SqlStatement(connection, "SELECT number, hash FROM meta WHERE name = ?");
        statement.Text(1, name);
        return statement.Step() ? new(statement.Number(0), statement.Bytes(1).ToArray()) : ChainHead.Start;
    }

    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
