namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Bounds and retention of the journal on disk.</summary>
/// <param name="DataFolder">Holds <c>journal.db</c>, <c>journal.head</c>, <c>journal.lock</c> and <c>archive/</c>.</param>
public sealed record JournalOptions(string DataFolder)
{
    /// <summary>Events waiting for a commit; beyond that appends are refused.</summary>
    public int MaxQueuedEvents { get; init; } = 65_536;

    /// <summary>Bytes waiting for a commit; beyond that appends are refused.</summary>
    public long MaxQueuedBytes { get; init; } = 256L << 20;

    /// <summary>One event's payload, in bytes, at most.</summary>
    public int MaxEventBytes { get; init; } = 64 << 20;

    public int MaxEventsPerCommit { get; init; } = 4_096;

    /// <summary>Events kept in the database at least; older ones move to the archive once they are also older than <see cref="KeepFor"/>.</summary>
    public long KeepEvents { get; init; } = 1_000_000;

    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Idempotency keys are forgotten after this long.</summary>
    public TimeSpan KeepKeys { get; init; } = TimeSpan.FromDays(8);

    public int EventsPerSegment { get; init; } = 20_000;

    /// <summary>How long a commit waits for another program's lock on the database before it fails.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pages of 4 KiB the database may have; 0 for no bound but the disk. For tests of a full disk.</summary>
    internal long MaxPages { get; init; }

    /// <summary>Pages of 4 KiB that are written before the write-ahead log is folded into the database.</summary>
    internal int FoldEvery { get; init; } = 8_000;

    public string Database => Path.Combine(DataFolder, "journal.db");

    public string HeadFile => Path.Combine(DataFolder, "journal.head");

    public string LockFile => Path.Combine(DataFolder, "journal.lock");

    public string ArchiveFolder => Path.Combine(DataFolder, "archive");
}
