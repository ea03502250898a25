using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

public enum RaftRole
{
    Follower,

    /// <summary>Asks whether it would be elected.</summary>
    Asking,
    Candidate,
    Leader,
}

/// <summary>
/// One member of a group that keeps the same log (Raft: Ongaro and Ousterhout 2014; pre-vote and leases as in Ongaro's thesis 2014, 6.4 and 9.6). A state machine without clock, disk or
/// network: each step takes what happened and the time, changes this and gives what is to be done. The same steps give the same effects.
/// <para>
/// Reads by lease: a leader that sent heartbeats at time t, answered by a majority in its term, is the only leader until t + <see cref="RaftSettings.Lease"/>, because each of that majority
/// heard it after t and helps nobody for <see cref="RaftSettings.ElectionLeast"/> after that; a member that restarts waits as long. Every member measures with its own monotonic clock from
/// an event that comes after t, so wall clocks play no part, and a leader that was stopped finds its lease ended when it looks at the clock again: it looks before it reads.
/// </para>
/// </summary>
public sealed partial class Raft
{
    private readonly RaftSettings _settings;
    private readonly RaftLog _log;
    private readonly Random _random;
    private readonly List<RaftEffect> _effects = [];
    private readonly ImmutableArray<RaftPeer> _noPeers = [];
    private readonly Guid _incarnation;
    private ImmutableArray<RaftPeer> _peers;
    private string? _vote;
    private TimeSpan _heard;
    private TimeSpan _electionAt;
    private long _given;
    private long _persisted;

    /// <param name="seed">Of the waiting times.</param>
    public Raft(RaftSettings settings, RaftDisk disk, int seed, TimeSpan now)
    {
        _settings = settings;
        _random = new Random(seed);
        _log = new RaftLog(disk.Begins, disk.BeginsTerm, disk.Entries);
        _peers = _noPeers;
        (Term, _vote, Snapshot) = (disk.Term, disk.Vote, disk.Snapshot);
        Commit = Math.Max(disk.Snapshot.Index, disk.Begins);
        _incarnation = disk.Incarnation;
        var members = disk.Members ?? settings.Founders;
        _members = disk.Entries.TakeWhile(entry => entry.Index <= Commit).Aggregate(members, (known, entry) => known.With(entry));
        _given = _persisted = _log.Last;
        Hear(now);
    }

    public RaftRole Role { get; private set; }

    public long Term { get; private set; }

    /// <summary>Null where none is known.</summary>
    public string? Leader { get; private set; }

    /// <summary>Entries up to this one are decided for ever.</summary>
    public long Commit { get; private set; }

    public long Last => _log.Last;

    public SnapshotMark Snapshot { get; private set; }

    /// <summary>The first entry of this leader's own term: what was acknowledged before is decided with it.</summary>
    public long TermBegins { get; private set; }

    /// <summary>Until when reads of what is applied are the latest there is, once <see cref="TermBegins"/> is applied; null where it does not lead.</summary>
    public TimeSpan? LeaseEnds => Role == RaftRole.Leader && Commit >= TermBegins && QuorumAnswered() is { } sent ? sent + _settings.Lease : null;

    public LogEntry Entry(long index) => _log[index];

    /// <summary>The term of an entry it still knows of.</summary>
    public long? TermOf(long index) => _log.TermOf(index);

    /// <summary>Time goes on; to be called a few times in each heartbeat.</summary>
    public ImmutableArray<RaftEffect> Tick(TimeSpan now)
    {
        if (Role == RaftRole.Leader)
        {
            KeepLeading(now);
        }
        else if (now >= _electionAt && Admitted)
        {
            Ask(now);
        }

        return Taken();
    }

    public ImmutableArray<RaftEffect> Receive(RaftMessage message, TimeSpan now)
    {
        if (_settings.Members.Contains(message.From) && message.From != _settings.Me)
        {
            Handle(message, now);
        }

        return Taken();
    }

    /// <summary>Takes an entry in; its index, or null where this member does not lead. It is decided when <see cref="Commit"/> reaches it in the same <see cref="Term"/>.</summary>
    public long? Propose(ReadOnlyMemory<byte> data)
    {
        if (Role != RaftRole.Leader)
        {
            return null;
        }

        Append(new LogEntry(_log.Last + 1, Term, data));
        return _log.Last;
    }

    /// <summary>Sends what has been proposed: once for many proposals.</summary>
    public ImmutableArray<RaftEffect> Flush(TimeSpan now)
    {
        foreach (var peer in _peers)
        {
            Replicate(peer, now, heartbeat: false);
        }

        return Taken();
    }

    /// <summary>Everything in the effects given so far is on disk.</summary>
    public ImmutableArray<RaftEffect> Persisted()
    {
        _persisted = _given;
        Decide();
        return Taken();
    }

    /// <summary>A snapshot of what is applied is on disk; entries up to <paramref name="forget"/> leave the log.</summary>
    public void Compacted(SnapshotMark mark, long forget)
    {
        Snapshot = mark;
        if (forget > _log.Base && forget <= mark.Index)
        {
            _log.ForgetTo(forget);
        }
    }

    private void Handle(RaftMessage message, TimeSpan now)
    {
        switch (message)
        {
            case VoteRequest request:
                OnVoteRequest(request, now);
                break;
            case VoteReply reply:
                OnVoteReply(reply, now);
                break;
            case AppendRequest append:
                OnAppend(append, now);
                break;
            case SnapshotChunk chunk:
                OnChunk(chunk, now);
                break;
            case AppendReply reply:
                OnAppendReply(reply, now);
                break;
            case ChunkReply reply:
                OnChunkReply(reply, now);
                break;
        }
    }

    private void Do(RaftEffect effect) => _effects.Add(effect);

    private void Tell(string to, RaftMessage message, bool promises) => Do(new Send(to, message with { Incarnation = _incarnation }, promises));

    private ImmutableArray<RaftEffect> Taken()
    {
        _given = _log.Last;
        if (_effects.Count == 0)
        {
            return [];
        }

        ImmutableArray<RaftEffect> taken = [.. _effects];
        _effects.Clear();
        return taken;
    }
}
