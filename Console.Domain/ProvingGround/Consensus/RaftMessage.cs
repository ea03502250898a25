using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>What members say to each other. Messages may be lost, doubled, late and out of order.</summary>
/// <param name="Term">Of the sender; of a <see cref="VoteRequest"/> that only asks, the term it would begin.</param>
public abstract record RaftMessage(string From, long Term)
{
    /// <summary>Of the sender.</summary>
    public Guid Incarnation { get; init; }
}

/// <param name="Pre">Only asks whether it would be elected: no term is begun for nothing.</param>
/// <param name="Members">As the sender knows them: who was admitted and has not heard of it yet could else not help.</param>
public sealed record VoteRequest(string From, long Term, bool Pre, long LastIndex, long LastTerm, Membership Members) : RaftMessage(From, Term);

public sealed record VoteReply(string From, long Term, bool Pre, bool Granted) : RaftMessage(From, Term);

/// <param name="Previous">The entry before the first of these, which the receiver must have.</param>
/// <param name="Sent">On the leader's clock; comes back in the reply.</param>
public sealed record AppendRequest(string From, long Term, long Previous, long PreviousTerm, ImmutableArray<LogEntry> Entries, long Commit, TimeSpan Sent) : RaftMessage(From, Term);

/// <param name="Match">Accepted: the last entry known to be the leader's. Refused: where to look for one that is.</param>
public sealed record AppendReply(string From, long Term, bool Accepted, long Match, TimeSpan Sent) : RaftMessage(From, Term);

/// <summary>A piece of a snapshot, for a member whose next entry the leader no longer has.</summary>
/// <param name="Members">As the leader knows them: admissions before the snapshot are in no entry any more.</param>
public sealed record SnapshotChunk(string From, long Term, SnapshotMark Mark, long Offset, ReadOnlyMemory<byte> Data, Membership Members, TimeSpan Sent) : RaftMessage(From, Term);

/// <param name="Next">The offset wanted next; the snapshot's length when it is in use.</param>
public sealed record ChunkReply(string From, long Term, SnapshotMark Mark, long Next, TimeSpan Sent) : RaftMessage(From, Term);
