namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>How a leader comes about: at most one in a term, and only one that has everything decided.</summary>
public sealed partial class Raft
{
    private readonly HashSet<string> _granted = [];

    private void Hear(TimeSpan now)
    {
        _heard = now;
        PutElectionOff(now);
    }

    private void PutElectionOff(TimeSpan now) => _electionAt = now + _settings.ElectionLeast + ((_settings.ElectionMost - _settings.ElectionLeast) * _random.NextDouble());

    private void Follow(long term, string? leader)
    {
        if (term > Term)
        {
            (Term, _vote) = (term, null);
            Do(new SaveTerm(Term, _vote));
        }

        (Role, Leader, _peers) = (RaftRole.Follower, leader, _noPeers);
    }

    private void Ask(TimeSpan now)
    {
        (Role, Leader) = (RaftRole.Asking, null);
        Gather(now, pre: true);
    }

    private void Stand(TimeSpan now)
    {
        Role = RaftRole.Candidate;
        (Term, _vote) = (Term + 1, _settings.Me);
        Do(new SaveTerm(Term, _vote));
        Gather(now, pre: false);
    }

    private void Gather(TimeSpan now, bool pre)
    {
        PutElectionOff(now);
        _granted.Clear();
        _granted.Add(_settings.Me);
        foreach (var member in _settings.Members.Where(member => member != _settings.Me))
        {
            // Its own vote must be on disk before it asks for others: it would else vote again after a restart.
            Tell(member, new VoteRequest(_settings.Me, pre ? Term + 1 : Term, pre, _log.Last, _log.LastTerm, _members), promises: !pre);
        }
    }

    private void OnVoteRequest(VoteRequest request, TimeSpan now)
    {
        Learn(request.Members);

        // Who hears a leader helps no other: the leader reads by that.
        if (HasLeader(now))
        {
            if (request.Pre)
            {
                Tell(request.From, new VoteReply(_settings.Me, Term, request.Pre, Granted: false), promises: true);
            }

            return;
        }

        if (!request.Pre && request.Term > Term)
        {
            Follow(request.Term, null);
        }

        var current = request.LastTerm > _log.LastTerm || (request.LastTerm == _log.LastTerm && request.LastIndex >= _log.Last);
        // What it promised before its disk was lost it does not know: it helps nobody until it is admitted.
        var free = Admitted && (request.Pre ? request.Term > Term : request.Term == Term && (_vote is null || _vote == request.From));
        if (free && current && !request.Pre)
        {
            _vote = request.From;
            Do(new SaveTerm(Term, _vote));
            PutElectionOff(now);
        }

        Tell(request.From, new VoteReply(_settings.Me, request.Pre && free && current ? request.Term : Term, request.Pre, free && current), promises: true);
    }

    private bool HasLeader(TimeSpan now) => Role == RaftRole.Leader || now - _heard < _settings.ElectionLeast;

    private void OnVoteReply(VoteReply reply, TimeSpan now)
    {
        if (!reply.Granted)
        {
            if (reply.Term > Term)
            {
                Follow(reply.Term, null);
            }

            return;
        }

        var counts = reply.Pre ? Role == RaftRole.Asking && reply.Term == Term + 1 : Role == RaftRole.Candidate && reply.Term == Term;
        if (!counts || !_members.Has(reply.From, reply.Incarnation) || !_granted.Add(reply.From) || _granted.Count < _settings.Majority)
        {
            return;
        }

        if (reply.Pre)
        {
            Stand(now);
        }
        else
        {
            Lead(now);
        }
    }
}
