using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>What a member finds on its disk when it starts.</summary>
/// <param name="Begins">The entry before the first of <paramref name="Entries"/>; not after the snapshot.</param>
public sealed record RaftDisk(long Term, string? Vote, SnapshotMark Snapshot, long Begins, long BeginsTerm, ImmutableArray<LogEntry> Entries)
{
    public static RaftDisk Empty { get; } = new(0, null, default, 0, 0, []);
}
