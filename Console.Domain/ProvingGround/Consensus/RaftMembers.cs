namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>
/// Who is counted. A member uses the membership of the last admission it knows to be decided, never of one that only stands in its log: a leader that was deposed and does not know it
/// could else decide with a member that forgot whom it had promised what. Between two memberships any two majorities share a member that lost nothing, since the incarnation that was
/// replaced is gone for good.
/// </summary>
public sealed partial class Raft
{
    private Membership _members;

    /// <summary>Whether this incarnation of this member is counted.</summary>
    public bool Admitted => _members.Has(_settings.Me, _incarnation);

    public Membership Members => _members;

    private void CommitTo(long index)
    {
        for (var at = Math.Max(Commit, _log.Base) + 1; at <= index; at++)
        {
            Learn(_members.With(_log[at]));
        }

        Commit = Math.Max(Commit, index);
    }

    /// <summary>What was decided stays so: whoever says it, it counts from now on, also after a restart that finds less of the log decided.</summary>
    private void Learn(Membership members)
    {
        if (members.Since > _members.Since)
        {
            _members = members;
            Do(new SaveMembers(members));
        }
    }

    private bool Counts(RaftPeer peer) => peer.Incarnation is { } incarnation && _members.Has(peer.Id, incarnation);

    /// <summary>A new incarnation has nothing of what the one before had; a late word of the one before says nothing of the new one.</summary>
    private bool Speaks(RaftPeer peer, Guid incarnation)
    {
        if (peer.Incarnation == incarnation)
        {
            return true;
        }

        if (peer.Incarnation is not null)
        {
            if (_members.Has(peer.Id, incarnation))
            {
                return false;
            }

            peer.BeginAgain(_log.Last + 1);
        }

        (peer.Incarnation, peer.MustHave) = (incarnation, _log.Last);
        return true;
    }

    /// <summary>One that has all there was when it was first heard of, and so all its forerunner may have acknowledged, is admitted; the decision is made by those that are members already, one admission after another.</summary>
    private void AdmitWhereCaughtUp(RaftPeer peer)
    {
        if (peer.Incarnation is { } incarnation && !Counts(peer) && Commit >= TermBegins && peer.Match >= peer.MustHave && !AdmissionIsOpen())
        {
            Append(new LogEntry(_log.Last + 1, Term, ReadOnlyMemory<byte>.Empty, new Admission(peer.Id, incarnation)));
        }
    }

    private bool AdmissionIsOpen()
    {
        for (var at = Math.Max(Commit, _log.Base) + 1; at <= _log.Last; at++)
        {
            if (_log[at].Admits is not null)
            {
                return true;
            }
        }

        return false;
    }
}
