namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>What a leader does: brings the others' logs to its own and decides what a majority has on disk.</summary>
public sealed partial class Raft
{
    private TimeSpan _ledSince;

    private void Lead(TimeSpan now)
    {
        (Role, Leader, _ledSince) = (RaftRole.Leader, _settings.Me, now);
        _peers = [.. _settings.Members.Where(member => member != _settings.Me).Select(member => new RaftPeer(member, _log.Last + 1))];
        TermBegins = _log.Last + 1;

        // Entries of former terms are decided only through one of its own.
        Append(new LogEntry(TermBegins, Term, ReadOnlyMemory<byte>.Empty));
        foreach (var peer in _peers)
        {
            Replicate(peer, now, heartbeat: true);
        }
    }

    private void Append(LogEntry entry)
    {
        _log.Add(entry);
        Do(new SaveEntries([entry]));
    }

    private void KeepLeading(TimeSpan now)
    {
        // Cut off from the majority it could decide nothing: it stops saying that it leads.
        if (now - (QuorumAnswered() ?? _ledSince) > _settings.ElectionMost)
        {
            Follow(Term, null);
            PutElectionOff(now);
            return;
        }

        foreach (var peer in _peers.Where(peer => now - peer.LastSent >= _settings.Heartbeat))
        {
            peer.Waiting = false;
            Replicate(peer, now, heartbeat: true);
        }
    }

    private void Replicate(RaftPeer peer, TimeSpan now, bool heartbeat)
    {
        if (peer.Waiting || (!heartbeat && peer.Next > _log.Last && peer.Snapshot is null))
        {
            return;
        }

        if (_log.TermOf(peer.Next - 1) is { } previousTerm)
        {
            peer.Snapshot = null;
            var entries = _log.From(peer.Next, _settings.BatchEntries, _settings.BatchBytes);
            peer.Waiting = !entries.IsEmpty;
            Tell(peer.Id, new AppendRequest(_settings.Me, Term, peer.Next - 1, previousTerm, entries, Commit, now), promises: false);
        }
        else
        {
            peer.Snapshot = peer.Snapshot is { } sending && sending.Mark == Snapshot ? sending : (Snapshot, 0);
            peer.Waiting = true;
            var chunk = new SnapshotChunk(_settings.Me, Term, Snapshot, peer.Snapshot.Value.Offset, ReadOnlyMemory<byte>.Empty, _members, now) { Incarnation = _incarnation };
            Do(new SendChunk(peer.Id, chunk, _settings.ChunkBytes));
        }

        peer.LastSent = now;
    }

    private void OnAppendReply(AppendReply reply, TimeSpan now)
    {
        if (PeerOf(reply, reply.Sent) is not { } peer)
        {
            return;
        }

        var next = peer.Next;
        if (reply.Accepted)
        {
            peer.Match = Math.Max(peer.Match, reply.Match);
            peer.Next = Math.Max(peer.Next, peer.Match + 1);
            Decide();
            AdmitWhereCaughtUp(peer);
        }
        else
        {
            // A late refusal says nothing of what it has accepted since.
            peer.Next = Math.Max(peer.Match + 1, Math.Min(peer.Next, reply.Match + 1));
        }

        peer.Waiting = peer.Waiting && reply.Sent != peer.LastSent;
        Replicate(peer, now, heartbeat: peer.Next < next);
    }

    /// <summary>The member that answered; null where the answer is not to this leader of this term.</summary>
    private RaftPeer? PeerOf(RaftMessage reply, TimeSpan sent)
    {
        if (reply.Term > Term)
        {
            Follow(reply.Term, null);
            return null;
        }

        if (Role != RaftRole.Leader || reply.Term != Term)
        {
            return null;
        }

        var peer = _peers.Single(peer => peer.Id == reply.From);
        if (!Speaks(peer, reply.Incarnation))
        {
            return null;
        }

        peer.Answered = peer.Answered is { } before && before > sent ? before : sent;
        return peer;
    }

    private void Decide()
    {
        if (Role != RaftRole.Leader)
        {
            return;
        }

        var onDisk = _peers.Select(peer => Counts(peer) ? peer.Match : 0).Append(_persisted).OrderDescending().ElementAt(_settings.Majority - 1);
        if (onDisk > Commit && _log.TermOf(onDisk) == Term)
        {
            CommitTo(onDisk);
        }
    }

    /// <summary>When the last heartbeat was sent that a majority, this one included, answered.</summary>
    private TimeSpan? QuorumAnswered() =>
        _peers.Select(peer => Counts(peer) ? peer.Answered : null).OrderByDescending(sent => sent).ElementAt(_settings.Majority - 2);
}
