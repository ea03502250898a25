namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>How much the store may hold.</summary>
public sealed record MetricStoreOptions
{
    /// <summary>So many streams; what comes of others is dropped and counted.</summary>
    public int MostStreams { get; init; } = 50_000;

    /// <summary>So many bytes in all; then nothing grows any more, and what does not fit is dropped and counted.</summary>
    public long MostBytes { get; init; } = 384L * 1024 * 1024;
}

/// <summary>How full the store is, and what it did not take.</summary>
/// <param name="Since">When it began: of what was before nothing is known.</param>
/// <param name="Observations">Taken since then.</param>
public sealed record StoreFigures(DateTimeOffset Since, int Streams, long Bytes, long Observations)
{
    public int MostStreams { get; init; }

    public long MostBytes { get; init; }

    /// <summary>Dropped because of a time too long ago, or ahead.</summary>
    public long OutOfTime { get; init; }

    /// <summary>Dropped because they were no numbers, or of a stream with a bad name.</summary>
    public long Invalid { get; init; }

    /// <summary>Dropped because there were too many streams.</summary>
    public long TooManyStreams { get; init; }

    /// <summary>Dropped, at one resolution at least, because there was no room.</summary>
    public long NoRoom { get; init; }
}
