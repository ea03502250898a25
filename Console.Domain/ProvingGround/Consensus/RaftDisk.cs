using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>What a member finds on its disk when it starts.</summary>
/// <param name="Incarnation">Written with the log's first byte: where the log was lost, so was it, and another is made.</param>
/// <param name="Members">The latest known to be decided; null where none is but the founders.</param>
/// <param name="Begins">The entry before the first of <paramref name="Entries"/>; not after the snapshot.</param>
public sealed record RaftDisk(Guid Incarnation, Membership? Members, long Term, string? Vote, SnapshotMark Snapshot, long Begins, long BeginsTerm, ImmutableArray<LogEntry> Entries);
