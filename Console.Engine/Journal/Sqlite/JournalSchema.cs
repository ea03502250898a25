using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>The tables, as numbered steps: step n leads from schema n-1 to n, each in a transaction of its own. A step is never changed once released.</summary>
internal static class JournalSchema
{
    /// <summary>SQLite's application id of a journal: "OpsJ".</summary>
    public const int ApplicationId = 0x4F70734A;

    private static readonly string[][] Steps =
    [
        [
            """
            CREATE TABLE events(
                seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL,
                actor TEXT NOT NULL, reason TEXT, cause TEXT, key TEXT, payload TEXT NOT NULL, hash BLOB NOT NULL)
            """,
            "CREATE UNIQUE INDEX events_by_stream ON events(stream, version)",
            "CREATE INDEX events_by_actor ON events(actor, seq) WHERE actor <> 'engine'",
            "CREATE TABLE types(name TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE keys(key TEXT PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, command TEXT) WITHOUT ROWID",
            "CREATE INDEX keys_by_time ON keys(at)",
            "CREATE TABLE snapshots(stream TEXT NOT NULL, version INTEGER NOT NULL, state BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(stream, version))",
            "CREATE TABLE segments(first INTEGER PRIMARY KEY, last INTEGER NOT NULL, file TEXT NOT NULL, sha256 BLOB NOT NULL, hash BLOB NOT NULL)",
            "CREATE TABLE meta(name TEXT PRIMARY KEY, number INTEGER NOT NULL, hash BLOB NOT NULL) WITHOUT ROWID",
            "INSERT INTO meta VALUES('head', 0, zeroblob(32)), ('archived', 0, zeroblob(32))",
        ],
        [
            "CREATE TABLE by_stream(stream TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(stream, version)) WITHOUT ROWID",
            "INSERT INTO by_stream SELECT stream, version, seq FROM events INDEXED BY events_by_stream ORDER BY stream, version",
            "DROP INDEX events_by_stream",
            "INSERT INTO meta SELECT 'indexed', number, zeroblob(32) FROM meta WHERE name = 'head'",
            """
            CREATE VIEW stream_versions AS
                SELECT stream, version, seq FROM by_stream
                UNION ALL SELECT stream, version, seq FROM events WHERE seq > (SELECT number FROM meta WHERE name = 'indexed')
            """,
        ],
    ];

    public static int Version => Steps.Length;

    /// <summary>Throws <see cref="JournalException"/>, without having changed anything, where the file is not a journal this version can use.</summary>
    public static void Check(SqliteConnection connection, string file)
    {
        var application = SqlStatement.ReadNumber(connection, "PRAGMA application_id");
        var version = SqlStatement.ReadNumber(connection, "PRAGMA user_version");
        if (application != ApplicationId)
        {
            throw new JournalException($"{file} is not a journal of this console (application id {application:x}). Nothing was changed. Name another data folder, or move the file away.");
        }

        if (version > Version)
        {
            throw new JournalException($"{file} has schema {version}; this version knows up to {Version}. It was written by a later version. Nothing was changed. Start the later version, or name another data folder.");
        }

        var unknown = UnknownTypes(connection);
        if (unknown.Length > 0)
        {
            throw new JournalException($"{file} holds events this version does not know: {string.Join(", ", unknown.Take(5))}. It was written by a later version. Nothing was changed. Start the later version, or name another data folder.");
        }
    }

    /// <summary>Brings a new or older database to this version's schema.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        for (var step = (int)SqlStatement.ReadNumber(connection, "PRAGMA user_version"); step < Version; step++)
        {
            SqlStatement.Execute(connection, "BEGIN IMMEDIATE");
            foreach (var sql in Steps[step])
            {
                SqlStatement.Execute(connection, sql);
            }

            SqlStatement.Execute(connection, $"PRAGMA application_id = {ApplicationId}");
            SqlStatement.Execute(connection, $"PRAGMA user_version = {step + 1}");
            SqlStatement.Execute(connection, "COMMIT");
        }
    }

    private static string[] UnknownTypes(SqliteConnection connection)
    {
        var known = EventTypes.All.ToHashSet();
        var unknown = new List<string>();
        using var types = new SqlStatement(connection, "SELECT name FROM types ORDER BY name");
        while (types.Step())
        {
            if (!known.Contains(types.Text(0)))
            {
                unknown.Add(types.Text(0));
            }
        }

        return [.. unknown];
    }
}
