using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>The snapshots on disk: the newest two of each stream. One that cannot be read is passed over, and the fold starts earlier.</summary>
internal sealed partial class SnapshotTable(IEnumerable<StreamFamily> families, ILogger log)
{
    private readonly Dictionary<string, StreamFamily> _families = families.ToDictionary(family => family.Name);

    public StreamFamily FamilyOf(StreamId stream) =>
        _families.TryGetValue(stream.Family, out var family) ? family : throw new JournalException($"The journal holds the stream '{stream}', whose family no part of this version knows. Start the version that wrote it.");

    public static void Save(SqliteConnection connection, StreamId stream, long version, byte[] bytes)
    {
        using var save = new SqlStatement(connection, "INSERT OR REPLACE INTO snapshots(stream, version, state, hash) VALUES(?, ?, ?, ?)");
        save.Text(1, stream.Value).Bind(2, version).Blob(3, bytes).Blob(4, SnapshotCode.Hash(stream.Value, version, bytes)).Run();
        using var trim = new SqlStatement(connection, "DELETE FROM snapshots WHERE stream = ?1 AND version < (SELECT version FROM snapshots WHERE stream = ?1 ORDER BY version DESC LIMIT 1 OFFSET 1)");
        trim.Text(1, stream.Value).Run();
    }

    /// <summary>The newest readable snapshot of each stream that has any; version 0 and no state where none of them can be read.</summary>
    public IEnumerable<(StreamId Stream, long Version, object? State)> ReadAll(SqliteConnection connection)
    {
        var streams = new List<StreamId>();
        using (var names = new SqlStatement(connection, "SELECT DISTINCT stream FROM snapshots ORDER BY stream"))
        {
            while (names.Step())
            {
                streams.Add(new(names.Text(0)));
            }
        }

        foreach (var (stream, version, state) in DecodeAhead.InOrder(streams.Select(stream => Newest(connection, stream)), row => (row.Stream, row.Version, State: Decode(row.Stream, row.Version, row.Bytes))))
        {
            if (state is not null)
            {
                yield return (stream, version, state);
                continue;
            }

            var (earlier, found) = Read(connection, stream, version);
            yield return (stream, earlier, found);
        }
    }

    /// <param name="before">Only older ones.</param>
    public (long Version, object? State) Read(SqliteConnection connection, StreamId stream, long before = long.MaxValue)
    {
        while (Newest(connection, stream, before) is { Version: > 0 } row)
        {
            if (Decode(stream, row.Version, row.Bytes) is { } state)
            {
                return (row.Version, state);
            }

            before = row.Version;
        }

        return (0, null);
    }

    /// <summary>Version 0 where there is none; no bytes where they are not those that were written.</summary>
    private (StreamId Stream, long Version, byte[]? Bytes) Newest(SqliteConnection connection, StreamId stream, long before = long.MaxValue)
    {
        FamilyOf(stream);
        using var rows = new SqlStatement(connection, "SELECT version, state, hash FROM snapshots WHERE stream = ? AND version < ? ORDER BY version DESC LIMIT 1");
        rows.Text(1, stream.Value).Bind(2, before);
        if (!rows.Step())
        {
            return (stream, 0, null);
        }

        var (version, bytes) = (rows.Number(0), rows.Bytes(1).ToArray());
        return (stream, version, rows.Bytes(2).SequenceEqual(SnapshotCode.Hash(stream.Value, version, bytes)) ? bytes : null);
    }

    private object? Decode(StreamId stream, long version, byte[]? bytes)
    {
        try
        {
            if (bytes is not null)
            {
                return SnapshotCode.Read(bytes, FamilyOf(stream).StateType);
            }

            LogPassedOver(null, stream.Value, version);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or NotSupportedException)
        {
            LogPassedOver(e, stream.Value, version);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the snapshot of {Stream} at version {Version} cannot be read; the fold starts earlier")]
    private partial void LogPassedOver(Exception? e, string stream, long version);
}
