using OpsConsole.Domain.ProvingGround.Consensus;

namespace OpsConsole.Tests.ProvingGround.Consensus;

/// <summary>A disk whose last writes are only sure after a sync: a crash keeps the first few of them, as chance has it.</summary>
/// <param name="forgetsVotes">Planted: a vote is not on disk before it is given.</param>
/// <param name="ignoresSync">Planted: what was synced may be lost.</param>
/// <param name="founder">The incarnation it begins with.</param>
/// <param name="forgetsLoss">Planted: a disk that was replaced says it is the one before.</param>
internal sealed class SimDisk(Random random, Guid founder, bool forgetsVotes = false, bool ignoresSync = false, bool forgetsLoss = false)
{
    private readonly List<RaftEffect> _unsynced = [];
    private readonly List<LogEntry> _log = [];
    private (long Term, string? Vote) _term;
    private (long Index, long Term) _begins;
    private Membership? _members;
    private MemoryStream _incoming = new();

    public Guid Incarnation { get; private set; } = founder;

    public SnapshotMark Mark { get; private set; }

    public byte[] Snapshot { get; private set; } = [];

    public void Write(RaftEffect effect) => _unsynced.Add(effect);

    public void Sync()
    {
        if (!ignoresSync)
        {
            Settle();
        }
    }

    /// <summary>On disk whatever is planted: a snapshot is renamed into place before it is used.</summary>
    public void Settle() => KeepFirst(_unsynced.Count);

    public void Crash()
    {
        KeepFirst(random.Next(_unsynced.Count + 1));
        _unsynced.Clear();
        _incoming = new MemoryStream();
    }

    /// <summary>Replaced by an empty one.</summary>
    public void Lose()
    {
        _unsynced.Clear();
        _log.Clear();
        (_term, _begins, _members, Mark, Snapshot) = (default, default, null, default, []);
        Incarnation = forgetsLoss ? Incarnation : Fresh(random);
    }

    public static Guid Fresh(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>A snapshot of its own is in place in one step; the log is cut after it.</summary>
    public void Compact(SnapshotMark mark, byte[] snapshot, long forget)
    {
        KeepFirst(_unsynced.Count);
        (Mark, Snapshot) = (mark, snapshot);
        if (forget > _begins.Index && random.Next(4) > 0)
        {
            var at = (int)(forget - _begins.Index);
            _begins = (forget, _log[at - 1].Term);
            _log.RemoveRange(0, at);
        }
    }

    public RaftDisk Read()
    {
        var at = (int)(Mark.Index - _begins.Index);
        var follows = at == 0 ? _begins.Term == Mark.Term : at > 0 && at <= _log.Count && _log[at - 1].Term == Mark.Term;
        if (!follows)
        {
            _log.Clear();
            _begins = (Mark.Index, Mark.Term);
        }

        return new RaftDisk(Incarnation, _members, _term.Term, _term.Vote, Mark, _begins.Index, _begins.Term, [.. _log]);
    }

    private void KeepFirst(int count)
    {
        foreach (var effect in _unsynced.Take(count))
        {
            switch (effect)
            {
                case SaveTerm save:
                    _term = (save.Term, forgetsVotes ? null : save.Vote);
                    break;
                case SaveMembers save:
                    _members = save.Members;
                    break;
                case SaveEntries save:
                    var at = (int)(save.Entries[0].Index - _begins.Index - 1);
                    _log.RemoveRange(at, _log.Count - at);
                    _log.AddRange(save.Entries);
                    break;
                case SaveChunk chunk:
                    _incoming.SetLength(chunk.Offset);
                    _incoming.Position = chunk.Offset;
                    _incoming.Write(chunk.Data.Span);
                    break;
                case UseSnapshot use:
                    (Mark, Snapshot) = (use.Mark, _incoming.ToArray());
                    Assert.Equal(use.Mark.Length, Snapshot.Length);
                    if (!use.KeepLog)
                    {
                        _log.Clear();
                        _begins = (use.Mark.Index, use.Mark.Term);
                    }

                    break;
            }
        }

        _unsynced.RemoveRange(0, count);
    }
}
