using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>What a follower does with a leader's entries and snapshots.</summary>
public sealed partial class Raft
{
    private (SnapshotMark Mark, long Next)? _incoming;

    private void OnAppend(AppendRequest append, TimeSpan now)
    {
        if (!Accepts(append, now))
        {
            Tell(append.From, new AppendReply(_settings.Me, Term, Accepted: false, _log.Last, append.Sent), promises: true);
            return;
        }

        var (previous, entries) = (append.Previous, append.Entries);
        if (previous < _log.Base)
        {
            // What the snapshot stands for is decided, and so the leader's as well.
            var known = (int)Math.Min(entries.Length, _log.Base - previous);
            (previous, entries) = (previous + known, entries[known..]);
        }

        if (previous >= _log.Base && _log.TermOf(previous) != (previous == append.Previous ? append.PreviousTerm : append.Entries[(int)(previous - append.Previous) - 1].Term))
        {
            Tell(append.From, new AppendReply(_settings.Me, Term, Accepted: false, Hint(previous), append.Sent), promises: true);
            return;
        }

        Adopt(entries);
        var match = append.Previous + append.Entries.Length;
        CommitTo(Math.Min(append.Commit, match));
        Tell(append.From, new AppendReply(_settings.Me, Term, Accepted: true, match, append.Sent), promises: true);
    }

    /// <summary>Whether it comes from the leader of this term or a later one.</summary>
    private bool Accepts(RaftMessage message, TimeSpan now)
    {
        if (message.Term < Term)
        {
            return false;
        }

        Follow(message.Term, message.From);
        Hear(now);
        return true;
    }

    /// <summary>Entries it has already stay; from the first that differs on the leader's take their place.</summary>
    private void Adopt(ImmutableArray<LogEntry> entries)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (_log.TermOf(entries[i].Index) != entries[i].Term)
            {
                var rest = entries[i..];
                if (rest[0].Index <= Commit)
                {
                    throw new InvalidOperationException($"entry {rest[0].Index} is decided and would be replaced: the log of this member or its leader's was lost or changed");
                }

                _log.Replace(rest);
                _given = Math.Min(_given, rest[0].Index - 1);
                _persisted = Math.Min(_persisted, _given);
                Do(new SaveEntries(rest));
                return;
            }
        }
    }

    /// <summary>Before everything of the term that disagrees: the leader need not go back entry by entry.</summary>
    private long Hint(long previous)
    {
        if (previous > _log.Last)
        {
            return _log.Last;
        }

        var term = _log.TermOf(previous);
        var at = previous - 1;
        while (at > Math.Max(Commit, _log.Base) && _log.TermOf(at) == term)
        {
            at--;
        }

        return Math.Max(at, Math.Min(Commit, previous - 1));
    }

    private void OnChunk(SnapshotChunk chunk, TimeSpan now)
    {
        if (!Accepts(chunk, now))
        {
            Tell(chunk.From, new ChunkReply(_settings.Me, Term, chunk.Mark, 0, chunk.Sent), promises: true);
            return;
        }

        if (chunk.Mark.Index <= Commit)
        {
            // It has all of this already, decided.
            Tell(chunk.From, new ChunkReply(_settings.Me, Term, chunk.Mark, chunk.Mark.Length, chunk.Sent), promises: true);
            return;
        }

        var next = _incoming is { } incoming && incoming.Mark == chunk.Mark ? incoming.Next : 0;
        if (chunk.Offset == next && !chunk.Data.IsEmpty)
        {
            Do(new SaveChunk(chunk.Mark, chunk.Offset, chunk.Data));
            next += chunk.Data.Length;
        }

        _incoming = (chunk.Mark, next);
        if (next >= chunk.Mark.Length)
        {
            Learn(chunk.Members);
            Take(chunk.Mark);
        }

        Tell(chunk.From, new ChunkReply(_settings.Me, Term, chunk.Mark, next, chunk.Sent), promises: true);
    }

    private void Take(SnapshotMark mark)
    {
        var keep = _log.TermOf(mark.Index) == mark.Term;
        if (keep)
        {
            _log.ForgetTo(mark.Index);
        }
        else
        {
            _log.BeginAt(mark.Index, mark.Term);
            _given = _persisted = mark.Index;
        }

        (Snapshot, Commit, _incoming) = (mark, mark.Index, null);
        Do(new UseSnapshot(mark, keep));
    }

    private void OnChunkReply(ChunkReply reply, TimeSpan now)
    {
        if (PeerOf(reply, reply.Sent) is not { } peer || peer.Snapshot is not { } sending || sending.Mark != reply.Mark)
        {
            return;
        }

        peer.Waiting = peer.Waiting && reply.Sent != peer.LastSent;
        if (reply.Next >= reply.Mark.Length)
        {
            peer.Snapshot = null;
            peer.Match = Math.Max(peer.Match, reply.Mark.Index);
            peer.Next = Math.Max(peer.Next, peer.Match + 1);
            Decide();
        }
        else
        {
            peer.Snapshot = (sending.Mark, reply.Next);
        }

        Replicate(peer, now, heartbeat: true);
    }
}
