using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>What is to be done, in this order. A <see cref="Send"/> that promises something leaves only when everything before it is on disk.</summary>
public abstract record RaftEffect;

/// <summary>Onto disk.</summary>
public sealed record SaveTerm(long Term, string? Vote) : RaftEffect;

/// <summary>Onto disk: the membership is decided and counts.</summary>
public sealed record SaveMembers(Membership Members) : RaftEffect;

/// <summary>Onto disk; what the log has from the first of these on is cut off before.</summary>
public sealed record SaveEntries(ImmutableArray<LogEntry> Entries) : RaftEffect;

/// <summary>A piece of a snapshot onto disk, beside the one in use; offset 0 begins anew.</summary>
public sealed record SaveChunk(SnapshotMark Mark, long Offset, ReadOnlyMemory<byte> Data) : RaftEffect;

/// <summary>The pieces are all there: from now on the snapshot stands for the log up to it. <paramref name="KeepLog"/> where the entries after it are the leader's as well.</summary>
public sealed record UseSnapshot(SnapshotMark Mark, bool KeepLog) : RaftEffect;

/// <param name="Promises">Whether it says that something is on disk.</param>
public sealed record Send(string To, RaftMessage Message, bool Promises) : RaftEffect;

/// <summary>To be sent with the bytes from <see cref="SnapshotChunk.Offset"/> on, at most <paramref name="Most"/>.</summary>
public sealed record SendChunk(string To, SnapshotChunk Empty, int Most) : RaftEffect;
