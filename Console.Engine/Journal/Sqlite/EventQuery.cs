using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Reads whole rows of the event table.</summary>
internal sealed class EventQuery(SqliteConnection connection, string where) : IDisposable
{
    private readonly SqlStatement _statement = new(connection, $"SELECT seq, stream, version, type, at, actor, reason, cause, key, payload, hash FROM events {where}");

    public SqlStatement Parameters => _statement;

    public bool Step() => _statement.Step();

    /// <summary>The current row, good until the next step.</summary>
    public EventFields Fields() =>
        new()
        {
            Sequence = _statement.Number(0),
            Stream = _statement.Bytes(1),
            Version = _statement.Number(2),
            Type = _statement.Bytes(3),
            At = _statement.Number(4),
            Actor = _statement.Bytes(5),
            Reason = _statement.Bytes(6),
            Cause = _statement.Bytes(7),
            Key = _statement.Bytes(8),
            Payload = _statement.Bytes(9),
            Hash = _statement.Bytes(10),
        };

    public void Dispose() => _statement.Dispose();
}
