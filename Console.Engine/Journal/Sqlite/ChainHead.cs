namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>Where the hash chain stands: the last event's sequence and hash. Before the first event: 0 and 32 zero bytes.</summary>
internal sealed record ChainHead(long Sequence, byte[] Hash)
{
    public const int HashBytes = 32;

    public static ChainHead Start { get; } = new(0, new byte[HashBytes]);

    public string Hex => Convert.ToHexStringLower(Hash);
}
