using Microsoft.Data.Sqlite;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>One archive file: the events <paramref name="First"/> to <paramref name="Last"/>, and the hash the chain has after them.</summary>
/// <param name="Sha256">Of the file's bytes.</param>
internal sealed record Segment(long First, long Last, string File, byte[] Sha256, byte[] Hash)
{
    public static string NameOf(long first, long last) => $"segment-{first:d12}-{last:d12}.gz";

    public string PathIn(JournalOptions options) => Path.Combine(options.ArchiveFolder, File);
}

/// <summary>The list of archive files, kept in the database.</summary>
internal static class SegmentTable
{
    public static IReadOnlyList<Segment> All(SqliteConnection connection)
    {
        var segments = new List<Segment>();
        using var rows = new SqlStatement(connection, "SELECT first, last, file, sha256, hash FROM segments ORDER BY first");
        while (rows.Step())
        {
            segments.Add(new(rows.Number(0), rows.Number(1), rows.Text(2), rows.Bytes(3).ToArray(), rows.Bytes(4).ToArray()));
        }

        return segments;
    }

    public static void Add(SqliteConnection connection, Segment segment)
    {
        using var add = new SqlStatement(connection, "INSERT INTO segments(first, last, file, sha256, hash) VALUES(?, ?, ?, ?, ?)");
        add.Bind(1, segment.First).Bind(2, segment.Last).Text(3, segment.File).Blob(4, segment.Sha256).Blob(5, segment.Hash).Run();
    }
}
