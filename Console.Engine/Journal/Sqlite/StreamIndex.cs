using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// Which event each version of each stream is: the table <c>by_stream</c>, kept up in groups of some hundred events. Row by row each event would write one more page, as the streams at work lie
/// far apart in it; a commit of twenty events then writes 35 pages in place of 12. Events that are not in it yet are found by their sequence (the view <c>stream_versions</c>): they are few.
/// </summary>
internal sealed class StreamIndex : IDisposable
{
    /// <summary>Events that wait to be indexed, at most, but for those of the commit itself.</summary>
    public const int Most = 512;

    private const string AddRest = "INSERT INTO by_stream(stream, version, seq) SELECT stream, version, seq FROM events WHERE seq > (SELECT number FROM meta WHERE name = 'indexed') ORDER BY stream, version";
    private const string NoteHead = "UPDATE meta SET number = (SELECT number FROM meta WHERE name = 'head') WHERE name = 'indexed'";

    private readonly SqlStatement _add;
    private readonly SqlStatement _note;
    private readonly SqlStatement _last;

    /// <summary>The last version of each stream among those that wait: a stream's events follow one another, which a group would find out too late.</summary>
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private long _indexed;

    public StreamIndex(SqliteConnection connection)
    {
        (_add, _note) = (new(connection, AddRest), new(connection, NoteHead));
        _last = new(connection, "SELECT MAX(version) FROM by_stream WHERE stream = ?");
        _indexed = JournalDatabase.ReadHead(connection, "indexed").Sequence;
    }

    /// <summary>Indexes all there is: whoever opens the journal finds each event by its stream alone.</summary>
    public static void CatchUp(SqliteConnection connection)
    {
        SqlStatement.Execute(connection, "BEGIN IMMEDIATE");
        SqlStatement.Execute(connection, AddRest);
        SqlStatement.Execute(connection, NoteHead);
        SqlStatement.Execute(connection, "COMMIT");
    }

    /// <summary>Within the transaction, once events and head are written. Throws <see cref="JournalException"/> where an append does not go on from its stream's last event.</summary>
    public void Write(List<QueuedAppend> batch, long last)
    {
        foreach (var queued in batch)
        {
            var (stream, after) = (queued.Append.Stream.Value, queued.Append.After);
            if (!_versions.TryGetValue(stream, out var version))
            {
                version = Math.Max(after, Indexed(stream));
            }

            if (version != after)
            {
                throw new JournalException($"An event of '{stream}' was to follow version {after}, and its last is {version}.");
            }

            _versions[stream] = after + queued.Events.Length;
        }

        if (last - _indexed >= Most)
        {
            _add.Run();
            _note.Run();
        }
    }

    /// <summary>The transaction is on disk.</summary>
    public void Committed(long last)
    {
        if (last - _indexed >= Most)
        {
            _versions.Clear();
            _indexed = last;
        }
    }

    public void RolledBack() => _versions.Clear();

    public void Dispose()
    {
        _add.Dispose();
        _note.Dispose();
        _last.Dispose();
    }

    private long Indexed(string stream)
    {
        _last.Text(1, stream);
        var version = _last.Step() ? _last.Number(0) : 0;
        _last.Reset();
        return version;
    }
}
