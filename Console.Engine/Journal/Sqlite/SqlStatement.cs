using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>A prepared statement that binds and reads bytes without turning them into strings and back. Parameters count from 1, columns from 0. One thread at a time.</summary>
internal sealed class SqlStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly nint _handle;

    public SqlStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _handle = _statement.DangerousGetHandle();
    }

    /// <summary>Runs a statement that returns nothing of interest.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new SqlStatement(connection, sql);
        statement.Run();
    }

    public static long ReadNumber(SqliteConnection connection, string sql)
    {
        using var statement = new SqlStatement(connection, sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public SqlStatement Bind(int at, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, at, value));
        return this;
    }

    public SqlStatement Blob(int at, ReadOnlySpan<byte> bytes)
    {
        Check(raw.sqlite3_bind_blob(_statement, at, bytes));
        return this;
    }

    public SqlStatement Text(int at, string? text)
    {
        Check(string.IsNullOrEmpty(text) ? raw.sqlite3_bind_null(_statement, at) : raw.sqlite3_bind_text(_statement, at, text));
        return this;
    }

    /// <summary>Binds text given as UTF-8; empty text is bound as NULL.</summary>
    public SqlStatement Text(int at, ReadOnlySpan<byte> utf8)
    {
        Check(utf8.IsEmpty ? raw.sqlite3_bind_null(_statement, at) : raw.sqlite3_bind_text(_statement, at, utf8));
        return this;
    }

    /// <summary>Binds text that stays where it is until the next step, without a copy; length 0 is bound as NULL.</summary>
    public SqlStatement Pinned(int at, nint utf8, int length)
    {
        Check(BindText(_handle, at, length == 0 ? 0 : utf8, length, 0));
        return this;
    }

    /// <summary>Binds a blob that stays where it is until the next step, without a copy.</summary>
    public SqlStatement PinnedBlob(int at, nint bytes, int length)
    {
        Check(BindBlob(_handle, at, bytes, length, 0));
        return this;
    }

    /// <summary>As <see cref="Bind"/>, without leaving the managed thread's state: a commit binds thousands.</summary>
    public SqlStatement Quick(int at, long value)
    {
        Check(BindNumber(_handle, at, value));
        return this;
    }

    /// <summary>On to the next row; false where there is none, and then the statement may be bound anew.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        // Reset gives the lasting error code; its own failure is the step's failure told again.
        var reset = raw.sqlite3_reset(_statement);
        Check(code == raw.SQLITE_DONE ? reset : code);
        return false;
    }

    public void Run()
    {
        while (Step())
        {
        }
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public int Changes() => raw.sqlite3_changes(_database);

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <summary>The bytes of text or a blob, good until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    // These only note a pointer or a number in the statement: they return at once, which SuppressGCTransition asks for.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_bind_text"), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int BindText(nint statement, int at, nint utf8, int length, nint destructor);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_bind_blob"), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int BindBlob(nint statement, int at, nint bytes, int length, nint destructor);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int BindNumber(nint statement, int at, long value);

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xff, code);
        }
    }
}
