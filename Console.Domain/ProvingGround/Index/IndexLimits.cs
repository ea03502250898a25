namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>How much the index may hold; all of it is in memory.</summary>
public sealed record IndexLimits
{
    /// <summary>Of all accounts together.</summary>
    public const int Buckets = 1_000;

    public const int KeysInADelete = 1_000;

    /// <summary>Highest number of a part, and so how many an upload has.</summary>
    public const int Parts = 10_000;

    /// <summary>Bytes every part but the last must have.</summary>
    public const long LeastPart = 5 << 20;

    public static IndexLimits Default { get; } = new();

    public int Objects { get; init; } = 1_000_000;

    /// <summary>Multipart uploads in progress.</summary>
    public int Uploads { get; init; } = 20_000;

    /// <summary>Runs of bytes named by objects and parts.</summary>
    public int Extents { get; init; } = 2_000_000;

    /// <summary>
    /// Answers that are remembered for repetitions, the latest commands': a repetition after this many other commands would be a command of its own. At 5,000 commands a second it
    /// is 13 seconds, more than a client goes on trying.
    /// </summary>
    public int Answers { get; init; } = 65_536;
}
