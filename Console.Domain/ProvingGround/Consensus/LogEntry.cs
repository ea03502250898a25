namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <param name="Index">From 1, without gaps.</param>
/// <param name="Term">Of the leader that made it.</param>
/// <param name="Data">What is to be applied; empty for the entry a new leader begins with and for admissions.</param>
/// <param name="Admits">Null where the entry admits nobody.</param>
public sealed record LogEntry(long Index, long Term, ReadOnlyMemory<byte> Data, Admission? Admits = null);

/// <summary>All entries up to one, as the state they lead to.</summary>
/// <param name="Length">Bytes.</param>
public readonly record struct SnapshotMark(long Index, long Term, long Length);
