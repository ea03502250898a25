using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>What a verification found.</summary>
/// <param name="Events">Events that follow one another unbroken, from the first on.</param>
/// <param name="Archived">How many of them lie in segments.</param>
/// <param name="LastHash">Hash of the last of them, in hex.</param>
/// <param name="Broken">The first thing wrong; null where all is whole.</param>
public sealed record JournalReport(long Events, long Archived, string LastHash, JournalBreak? Broken);

/// <summary>
/// Checks segments and database as one chain, without changing anything; the console may be running. It finds any change, loss, insertion or
/// reordering of events, and events missing at the end as far as <c>meta</c> in the database or <c>journal.head</c> beside it know of them. It cannot
/// find the work of somebody who rewrites everything in the folder, hashes included: against that, note the printed hash elsewhere and expect it later.
/// </summary>
public sealed class JournalVerifier(string dataFolder)
{
    private readonly JournalOptions _options = new(dataFolder);

    /// <param name="expected">An event noted earlier that must still be there; null for none.</param>
    /// <exception cref="JournalException">There is no journal, or it is from a later version.</exception>
    public JournalReport Verify((long Sequence, string Hash)? expected = null, CancellationToken cancel = default)
    {
        if (!File.Exists(_options.Database))
        {
            throw new JournalException($"There is no journal at {_options.Database}. Name the console's data folder with --data.");
        }

        var walk = new ChainWalk(ChainHead.Start);
        var archived = 0L;
        try
        {
            // Before the database is looked at: a running console moves it on afterwards.
            var noted = HeadFile.Read(_options.HeadFile);
            using var connection = JournalDatabase.OpenToRead(_options.Database);
            SqlStatement.Execute(connection, "BEGIN");
            JournalSchema.Check(connection, _options.Database);
            var landmarks = new Dictionary<long, (string Hash, string Source)>();
            Note(landmarks, noted?.Sequence, noted?.Hex, "journal.head");
            Note(landmarks, expected?.Sequence, expected?.Hash.ToLowerInvariant(), "the expected event");
            var head = JournalDatabase.ReadHead(connection, "head");
            var broken = VerifySegments(connection, walk, landmarks, cancel);
            archived = walk.Head.Sequence;
            broken ??= VerifyArchiveHead(connection, walk) ?? VerifyDatabase(connection, walk, landmarks, cancel) ?? VerifyEnd(walk, head, noted, expected) ?? VerifyFile(connection);
            return new(walk.Head.Sequence, archived, walk.Head.Hex, broken);
        }
        catch (SqliteException e)
        {
            return new(walk.Head.Sequence, archived, walk.Head.Hex, new(walk.Head.Sequence + 1, null, null, $"{_options.Database} cannot be read at or after this event: {e.Message}."));
        }
    }

    private static void Note(Dictionary<long, (string Hash, string Source)> landmarks, long? sequence, string? hash, string source)
    {
        if (sequence is > 0 && hash is not null && !landmarks.TryAdd(sequence.Value, (hash, source)) && landmarks[sequence.Value].Hash != hash)
        {
            landmarks[sequence.Value] = ("", $"{landmarks[sequence.Value].Source} or {source}");
        }
    }

    private static JournalBreak? Step(ChainWalk walk, in EventFields fields, Dictionary<long, (string Hash, string Source)> landmarks) =>
        walk.Next(fields)
        ?? (landmarks.TryGetValue(fields.Sequence, out var landmark) && landmark.Hash != walk.Head.Hex
            ? new(fields.Sequence, fields.StreamName, fields.TypeName, $"Its hash is not the one noted for it in {landmark.Source}: the journal was rewritten up to here.")
            : null);

    private JournalBreak? VerifySegments(SqliteConnection connection, ChainWalk walk, Dictionary<long, (string Hash, string Source)> landmarks, CancellationToken cancel)
    {
        foreach (var segment in SegmentTable.All(connection))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                using (var lines = new SegmentReader(segment.PathIn(_options)))
                {
                    while (lines.Step())
                    {
                        if (Step(walk, lines.Fields(), landmarks) is { } broken)
                        {
                            return broken with { Problem = $"{broken.Problem} (in archive/{segment.File})" };
                        }
                    }
                }

                using var file = File.OpenRead(segment.PathIn(_options));
                if (walk.Head.Sequence != segment.Last || !walk.Head.Hash.AsSpan().SequenceEqual(segment.Hash))
                {
                    return new(Math.Min(walk.Head.Sequence, segment.Last) + 1, null, null, $"archive/{segment.File} ends at event {walk.Head.Sequence} in place of {segment.Last}, or with another hash than the database notes.");
                }

                if (!segment.Sha256.AsSpan().SequenceEqual(SHA256.HashData(file)))
                {
                    return new(segment.First, null, null, $"archive/{segment.File} is not the file that was written, although each event in it is whole.");
                }
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                return new(walk.Head.Sequence + 1, null, null, $"archive/{segment.File} cannot be read at or after this event: {e.Message}");
            }
        }

        return null;
    }

    private static JournalBreak? VerifyArchiveHead(SqliteConnection connection, ChainWalk walk)
    {
        var archived = JournalDatabase.ReadHead(connection, "archived");
        return archived.Sequence == walk.Head.Sequence && archived.Hash.AsSpan().SequenceEqual(walk.Head.Hash)
            ? null
            : new(Math.Min(archived.Sequence, walk.Head.Sequence) + 1, null, null, $"The archive ends at event {walk.Head.Sequence}, but the database notes {archived.Sequence}, or another hash.");
    }

    private static JournalBreak? VerifyDatabase(SqliteConnection connection, ChainWalk walk, Dictionary<long, (string Hash, string Source)> landmarks, CancellationToken cancel)
    {
        using var events = new EventQuery(connection, "ORDER BY seq");
        while (events.Step())
        {
            cancel.ThrowIfCancellationRequested();
            if (Step(walk, events.Fields(), landmarks) is { } broken)
            {
                return broken;
            }
        }

        return null;
    }

    private static JournalBreak? VerifyEnd(ChainWalk walk, ChainHead head, ChainHead? noted, (long Sequence, string Hash)? expected)
    {
        var last = Math.Max(head.Sequence, Math.Max(noted?.Sequence ?? 0, expected?.Sequence ?? 0));
        if (last > walk.Head.Sequence)
        {
            return new(walk.Head.Sequence + 1, null, null, $"The event is missing: the journal ends at {walk.Head.Sequence}, but events up to {last} were acknowledged.");
        }

        return head.Sequence == walk.Head.Sequence && head.Hash.AsSpan().SequenceEqual(walk.Head.Hash)
            ? null
            : new(head.Sequence + 1, null, null, $"The database notes {head.Sequence} as its last event, or another hash for it: what follows was not written by the console.");
    }

    private static JournalBreak? VerifyFile(SqliteConnection connection)
    {
        using (var check = new SqlStatement(connection, "PRAGMA integrity_check(1)"))
        {
            if (check.Step() && check.Text(0) is not "ok" and var problem)
            {
                return new(null, null, null, $"Every event is whole, but the database file is damaged: {problem}.");
            }
        }

        using var lost = new SqlStatement(connection, "SELECT seq FROM events AS e WHERE seq <= (SELECT number FROM meta WHERE name = 'indexed') AND seq IS NOT (SELECT b.seq FROM by_stream AS b WHERE b.stream = e.stream AND b.version = e.version) LIMIT 1");
        return lost.Step() ? new(lost.Number(0), null, null, "Every event is whole, but this one is not found by its stream.") : null;
    }
}
