using System.Text;
using Microsoft.Data.Sqlite;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// Reads pages of the audit, newest first: the database by its indexes, then the archive. One page looks at 200,000 events at most; what is further
/// back is reached by asking on from <see cref="AuditPage.Next"/>.
/// </summary>
internal sealed class AuditReader(JournalOptions options)
{
    private const int MostTaken = 500;
    private const int MostLookedAt = 200_000;

    public AuditPage Read(AuditQuery query, CancellationToken cancel)
    {
        using var connection = JournalDatabase.OpenToRead(options.Database);
        SqlStatement.Execute(connection, "BEGIN");
        var page = new Page(query, Math.Clamp(query.Take, 1, MostTaken));
        ReadDatabase(connection, page, cancel);
        if (!page.Ended)
        {
            ReadArchive(connection, page, cancel);
        }

        return new AuditPage(page.Found, page.Next);
    }

    private static void ReadDatabase(SqliteConnection connection, Page page, CancellationToken cancel)
    {
        using var events = Candidates(connection, page.Query);
        while (events.Step())
        {
            cancel.ThrowIfCancellationRequested();
            if (!page.Look(events.Fields()))
            {
                return;
            }
        }
    }

    private void ReadArchive(SqliteConnection connection, Page page, CancellationToken cancel)
    {
        var before = page.Query.Before ?? long.MaxValue;
        foreach (var segment in SegmentTable.All(connection).Where(segment => segment.First < before).Reverse())
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var line in Backwards(segment, before))
            {
                if (!page.Look(line.Fields()))
                {
                    return;
                }
            }
        }
    }

    private List<SegmentLine> Backwards(Segment segment, long before)
    {
        var lines = new List<SegmentLine>();
        using var reader = new SegmentReader(segment.PathIn(options));
        while (reader.Step())
        {
            if (reader.Fields().Sequence < before)
            {
                lines.Add(SegmentLine.Of(reader.Fields()));
            }
        }

        lines.Reverse();
        return lines;
    }

    /// <summary>The rows to look at, newest first, by the index that fits; the other conditions are checked row by row.</summary>
    private static EventQuery Candidates(SqliteConnection connection, AuditQuery query)
    {
        var before = query.Before ?? long.MaxValue;
        if (query.Stream is { Length: > 0 } prefix)
        {
            // The newest of some streams: their sequences come out of the index alone, and only those rows are read.
            var byStream = new EventQuery(connection, "WHERE seq IN (SELECT seq FROM stream_versions WHERE stream >= ? AND stream < ? AND seq < ? ORDER BY seq DESC LIMIT ?) ORDER BY seq DESC");
            byStream.Parameters.Text(1, prefix).Text(2, prefix + char.MaxValue).Bind(3, before).Bind(4, query.Actor is null && query.Text is null ? MostTaken + 1 : MostLookedAt + 1);
            return byStream;
        }

        if (query.Actor is not null and not "engine")
        {
            var byActor = new EventQuery(connection, "INDEXED BY events_by_actor WHERE actor = ? AND actor <> 'engine' AND seq < ? ORDER BY seq DESC");
            byActor.Parameters.Text(1, query.Actor).Bind(2, before);
            return byActor;
        }

        var all = new EventQuery(connection, "WHERE seq < ? ORDER BY seq DESC");
        all.Parameters.Bind(1, before);
        return all;
    }

    private sealed class Page(AuditQuery query, int take)
    {
        private int _lookedAt;
        private long _last;

        public AuditQuery Query => query;

        public List<Recorded> Found { get; } = [];

        public bool Ended { get; private set; }

        public long? Next => Ended ? _last : null;

        /// <summary>Takes the event if it fits; false where the page is full or has looked far enough.</summary>
        public bool Look(in EventFields fields)
        {
            if (Found.Count == take || _lookedAt == MostLookedAt)
            {
                Ended = true;
                return false;
            }

            _lookedAt++;
            _last = fields.Sequence;
            if (Fits(fields))
            {
                Found.Add(fields.ToRecorded());
            }

            return true;
        }

        private bool Fits(in EventFields fields) =>
            (query.Stream is null || fields.StreamName.StartsWith(query.Stream, StringComparison.Ordinal))
            && (query.Actor is null || Encoding.UTF8.GetString(fields.Actor) == query.Actor)
            && (query.Text is null || Holds(fields.Type) || Holds(fields.Reason) || Holds(fields.Payload));

        private bool Holds(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8).Contains(query.Text!, StringComparison.OrdinalIgnoreCase);
    }
}
