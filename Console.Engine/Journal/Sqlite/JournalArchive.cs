using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// Keeps the database bounded: moves its oldest events into segment files. A segment is written, synced, read back and checked; only then are its
/// events deleted, in the transaction that lists the segment. Snapshots that cover them are made first.
/// </summary>
internal sealed class JournalArchive(JournalOptions options, JournalWriter writer, SnapshotTable snapshots, TimeProvider clock)
{
    /// <summary>Moves one segment's worth; false where nothing is old enough.</summary>
    public async Task<bool> MoveNextAsync(CancellationToken cancel)
    {
        using var connection = JournalDatabase.OpenToRead(options.Database);
        var archived = JournalDatabase.ReadHead(connection, "archived");
        var last = archived.Sequence + options.EventsPerSegment;
        if (writer.Committed.Sequence - last < options.KeepEvents || !IsOld(connection, last))
        {
            return false;
        }

        cancel.ThrowIfCancellationRequested();
        Directory.CreateDirectory(options.ArchiveFolder);
        var file = Segment.NameOf(archived.Sequence + 1, last);
        var path = Path.Combine(options.ArchiveFolder, file);
        var (head, streams) = WriteSegment(connection, archived, last, path);
        var segment = new Segment(archived.Sequence + 1, last, file, ReadBack(archived, head, path), head.Hash);
        foreach (var (stream, version) in streams)
        {
            await CoverAsync(connection, new(stream), version).ConfigureAwait(false);
        }

        await writer.RunAsync(database => Delete(database, segment, streams)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Forgets idempotency keys whose time is over, at most 10,000 at once.</summary>
    public Task ForgetKeysAsync()
    {
        var before = (clock.GetUtcNow() - options.KeepKeys).UtcTicks;
        return writer.RunAsync(connection =>
        {
            using var forget = new SqlStatement(connection, "DELETE FROM keys WHERE key IN (SELECT key FROM keys WHERE at < ? ORDER BY at LIMIT 10000)");
            forget.Bind(1, before).Run();
        });
    }

    private bool IsOld(SqliteConnection connection, long sequence)
    {
        using var at = new SqlStatement(connection, "SELECT at FROM events WHERE seq = ?");
        return at.Bind(1, sequence).Step() && at.Number(0) <= (clock.GetUtcNow() - options.KeepFor).UtcTicks;
    }

    private static (ChainHead Head, Dictionary<string, long> Streams) WriteSegment(SqliteConnection connection, ChainHead before, long last, string path)
    {
        var streams = new Dictionary<string, long>();
        var walk = new ChainWalk(before);
        using var events = new EventQuery(connection, "WHERE seq > ? AND seq <= ? ORDER BY seq");
        events.Parameters.Bind(1, before.Sequence).Bind(2, last);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            while (events.Step())
            {
                Demand(walk.Next(events.Fields()));
                streams[events.Fields().StreamName] = events.Fields().Version;
                JsonSerializer.Serialize(gzip, SegmentLine.Of(events.Fields()), SegmentLine.Json);
                gzip.WriteByte((byte)'\n');
            }
        }

        file.Flush(flushToDisk: true);
        return (walk.Head, streams);
    }

    private static byte[] ReadBack(ChainHead before, ChainHead head, string path)
    {
        var walk = new ChainWalk(before);
        using (var lines = new SegmentReader(path))
        {
            while (lines.Step())
            {
                Demand(walk.Next(lines.Fields()));
            }
        }

        if (!walk.Head.Hash.AsSpan().SequenceEqual(head.Hash))
        {
            throw new JournalException($"{path} does not read back as it was written. Nothing was deleted; it is tried again.");
        }

        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private static void Demand(JournalBreak? broken)
    {
        if (broken is not null)
        {
            throw new JournalException($"Event {broken.Sequence} cannot be archived: {broken.Problem} Nothing was deleted. Run 'audit verify'.");
        }
    }

    /// <summary>Makes sure that a readable snapshot holds the stream up to <paramref name="version"/>.</summary>
    private async Task CoverAsync(SqliteConnection connection, StreamId stream, long version)
    {
        var (at, state) = snapshots.Read(connection, stream);
        if (at >= version)
        {
            return;
        }

        var family = snapshots.FamilyOf(stream);
        state ??= family.Initial(stream);
        using (var events = new EventQuery(connection, "WHERE seq IN (SELECT seq FROM stream_versions WHERE stream = ? AND version > ? AND version <= ?) ORDER BY seq"))
        {
            events.Parameters.Text(1, stream.Value).Bind(2, at).Bind(3, version);
            while (events.Step())
            {
                var recorded = events.Fields().ToRecorded();
                if (recorded.Version != ++at)
                {
                    throw new JournalException($"No snapshot of '{stream}' can be read that its events of the database continue. Nothing was deleted. Restart the console: it takes a new one.");
                }

                state = family.Apply(state, recorded.Event, recorded.At);
            }
        }

        var bytes = SnapshotCode.Write(state, family.StateType);
        await writer.RunAsync(database => SnapshotTable.Save(database, stream, version, bytes)).ConfigureAwait(false);
    }

    private static void Delete(SqliteConnection connection, Segment segment, Dictionary<string, long> streams)
    {
        SqlStatement.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            SegmentTable.Add(connection, segment);
            using var head = new SqlStatement(connection, "UPDATE meta SET number = ?, hash = ? WHERE name = 'archived' AND number = ?");
            head.Bind(1, segment.Last).Blob(2, segment.Hash).Bind(3, segment.First - 1).Run();
            using var delete = new SqlStatement(connection, "DELETE FROM events WHERE seq <= ?");
            delete.Bind(1, segment.Last).Run();
            using var forget = new SqlStatement(connection, "DELETE FROM by_stream WHERE stream = ? AND version <= ?");
            foreach (var (stream, version) in streams)
            {
                forget.Text(1, stream).Bind(2, version).Run();
            }

            SqlStatement.Execute(connection, "COMMIT");
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle!) == 0)
            {
                SqlStatement.Execute(connection, "ROLLBACK");
            }

            throw;
        }
    }
}
