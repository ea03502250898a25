namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>What a storage host says of its shards.</summary>
/// <param name="Shards">Without those of probes; so <paramref name="Bytes"/> and <paramref name="Removed"/>.</param>
/// <param name="Bytes">Of the shards; <paramref name="UsedBytes"/> of the files, dead records too.</param>
/// <param name="Flushes">Since the start.</param>
/// <param name="CorruptFound">Met by reads and scrub since the start.</param>
/// <param name="Removed">Shards that nothing named any more, removed since the start.</param>
/// <param name="ScrubDone">Share of the pass under way, 0 to 1.</param>
/// <param name="ScrubAgeSeconds">Since the last whole pass ended, or since the start.</param>
/// <param name="ScrubBoundSeconds">Within which every pass ends.</param>
public sealed record ShardStats(
    string Host, int Shards, long Bytes, long UsedBytes, long MaxBytes, long Flushes, long CorruptFound, long Removed, double ScrubDone, double ScrubAgeSeconds, double ScrubBoundSeconds);
