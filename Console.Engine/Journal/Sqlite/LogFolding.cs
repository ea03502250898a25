using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// Folds the write-ahead log into the database (a checkpoint) beside the commits: SQLite's own way does it within one, and that commit takes 20 to 30 ms longer. The most is folded by a thread
/// and a connection of its own; then the writer folds what was written meanwhile, a few pages, and only because nothing is left over does the log begin anew instead of growing.
/// A checkpoint that fails leaves the log as it is, and is tried again later.
/// </summary>
internal sealed class LogFolding : IDisposable
{
    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE
    private const int Passive = 0; // SQLITE_CHECKPOINT_PASSIVE: waits for nobody, and nobody waits for it.
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _own;
    private readonly int _every;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private volatile Round _round;
    private volatile bool _closing;
    private long _pages;

    /// <param name="writer">Used on the writer's thread only.</param>
    public LogFolding(SqliteConnection writer, JournalOptions options)
    {
        (_writer, _every) = (writer, options.FoldEvery);
        SqlStatement.Execute(writer, "PRAGMA wal_autocheckpoint = 0");
        _own = JournalDatabase.Open(options.Database, SqliteOpenMode.ReadWrite);
        JournalDatabase.Tune(_own, TimeSpan.Zero);
        _thread = new(Loop) { IsBackground = true, Name = "journal folding" };
        _thread.Start();
    }

    private enum Round
    {
        None,
        UnderWay,
        AllButTheLast,
    }

    /// <summary>After a commit, on the writer's thread.</summary>
    public void Committed()
    {
        raw.sqlite3_db_status(_writer.Handle!, PagesWritten, out var written, out _, 1);
        _pages += written;
        if (_round == Round.AllButTheLast)
        {
            Fold(_writer);
            (_round, _pages) = (Round.None, 0);
        }
        else if (_round == Round.None && _pages >= _every)
        {
            _round = Round.UnderWay;
            _wake.Set();
        }
    }

    public void Dispose()
    {
        _closing = true;
        _wake.Set();
        _thread.Join();
        _own.Dispose();
        _wake.Dispose();
    }

    /// <summary>Only a hint to SQLite: what fails here fails again, and is told, at the commit that needs it.</summary>
    private static void Fold(SqliteConnection connection) => raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", Passive, out _, out _);

    private void Loop()
    {
        while (true)
        {
            _wake.WaitOne();
            if (_closing)
            {
                return;
            }

            Fold(_own);
            _round = Round.AllButTheLast;
        }
    }
}
