using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// What the fold at start needs: each stream's newest readable snapshot and the events after it. Where a snapshot is unreadable and the events it
/// stood for are archived, they come out of the archive.
/// </summary>
internal sealed class JournalLoad(JournalOptions options, SnapshotTable snapshots)
{
    /// <summary>Bytes that are decoded in one go.</summary>
    private const int Parcel = 256 << 10;

    public IEnumerable<Loaded> Read()
    {
        using var connection = JournalDatabase.OpenToRead(options.Database);
        SqlStatement.Execute(connection, "BEGIN");
        var versions = new Dictionary<string, long>();
        foreach (var (stream, version, state) in snapshots.ReadAll(connection))
        {
            versions[stream.Value] = version;
            if (state is not null)
            {
                yield return new(stream, version, state, null);
            }
        }

        var (from, inArchive) = Gaps(connection, versions);
        var parcels = DecodeAhead.Parcels(Archived(connection, inArchive, versions).Concat(Hot(connection, from, versions)), stored => stored.Size, Parcel);
        foreach (var recorded in DecodeAhead.InOrder(parcels, parcel => parcel.ConvertAll(stored => stored.Decode())).SelectMany(parcel => parcel))
        {
            yield return new(recorded.Stream, recorded.Version, null, recorded);
        }
    }

    /// <summary>The first event of the database that no snapshot covers, and the streams of which archived events are needed. All is indexed by stream when a journal has just been opened (<see cref="StreamIndex.CatchUp"/>).</summary>
    private static (long From, HashSet<string> InArchive) Gaps(SqliteConnection connection, Dictionary<string, long> versions)
    {
        var from = long.MaxValue;
        var inArchive = versions.Where(pair => pair.Value == 0).Select(pair => pair.Key).ToHashSet();
        var first = new Dictionary<string, long>();
        using (var streams = new SqlStatement(connection, "SELECT stream, MIN(version) FROM by_stream GROUP BY stream"))
        {
            while (streams.Step())
            {
                first[streams.Text(0)] = streams.Number(1);
            }
        }

        using var next = new SqlStatement(connection, "SELECT seq FROM by_stream WHERE stream = ? AND version > ? ORDER BY version LIMIT 1");
        foreach (var (stream, firstVersion) in first)
        {
            var covered = versions.GetValueOrDefault(stream);
            if (firstVersion > covered + 1)
            {
                inArchive.Add(stream);
            }
            else
            {
                inArchive.Remove(stream);
            }

            next.Text(1, stream).Bind(2, covered);
            if (next.Step())
            {
                from = Math.Min(from, next.Number(0));
                next.Reset();
            }
        }

        return (from, inArchive);
    }

    private IEnumerable<StoredEvent> Archived(SqliteConnection connection, HashSet<string> streams, Dictionary<string, long> versions)
    {
        if (streams.Count == 0)
        {
            yield break;
        }

        foreach (var segment in SegmentTable.All(connection))
        {
            using var lines = new SegmentReader(segment.PathIn(options));
            while (lines.Step())
            {
                if (streams.Contains(lines.Fields().StreamName) && Next(lines.Fields(), versions) is { } recorded)
                {
                    yield return recorded;
                }
            }
        }
    }

    private static IEnumerable<StoredEvent> Hot(SqliteConnection connection, long from, Dictionary<string, long> versions)
    {
        using var events = new EventQuery(connection, "WHERE seq >= ? ORDER BY seq");
        events.Parameters.Bind(1, from);
        while (events.Step())
        {
            if (Next(events.Fields(), versions) is { } recorded)
            {
                yield return recorded;
            }
        }
    }

    /// <summary>Null for an event that the stream's snapshot already holds.</summary>
    private static StoredEvent? Next(in EventFields fields, Dictionary<string, long> versions)
    {
        var stream = fields.StreamName;
        var version = versions.GetValueOrDefault(stream);
        if (fields.Version <= version)
        {
            return null;
        }

        if (fields.Version != version + 1)
        {
            throw new JournalException($"The journal lacks events of '{stream}': after version {version} comes {fields.Version} (event {fields.Sequence}). Nothing was changed. Run 'audit verify', and put a whole copy of the data folder in its place.");
        }

        versions[stream] = fields.Version;
        return StoredEvent.Of(fields);
    }
}
