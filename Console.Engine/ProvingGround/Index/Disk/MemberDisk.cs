using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index.Disk;

/// <summary>All a member keeps on disk. What a step wants kept is gathered and written with one sync.</summary>
internal sealed class MemberDisk : IDisposable
{
    private readonly LogFiles _log;
    private WireWriter _frame = new();
    private readonly Guid _incarnation;
    private Membership? _members;
    private (long Term, string? Vote) _term;
    private (long Index, long Term) _last;
    private (long Index, long Term) _written;

    /// <param name="founder">The incarnation a log that was never begun begins with; null where there was one before, so that one that is gone is known to be.</param>
    /// <param name="disk">What drills make of the disk.</param>
    public MemberDisk(string folder, Guid? founder, PatientDisk disk)
    {
        Directory.CreateDirectory(folder);
        Snapshots = new SnapshotFile(folder);
        var (mark, state) = Snapshots.Read() ?? (default, IndexState.Empty);
        _log = new LogFiles(folder, disk);
        var found = _log.Found;
        if (found.Begins > mark.Index)
        {
            throw new InvalidDataException($"the log in {folder} begins at entry {found.Begins + 1} and the snapshot ends at {mark.Index}: entries between are missing");
        }

        if (found.TermOf(mark.Index) != mark.Term)
        {
            // Killed between taking a snapshot in and cutting the log: nothing in it goes on from the snapshot.
            found.Cut(mark.Index, mark.Term);
        }

        State = state;
        _incarnation = found.Incarnation ?? founder ?? Guid.NewGuid();
        _members = found.Members;
        Found = new RaftDisk(_incarnation, _members, found.Term, found.Vote, mark, found.Begins, found.BeginsTerm, found.Entries);
        (_term, _last, _written) = ((found.Term, found.Vote), (found.Last, found.LastTerm), (found.Last, found.LastTerm));
        if (found.Incarnation is null)
        {
            // Before anything is said: who it is must be known again after a restart.
            _log.Write([], found.Last, Opening);
        }
    }

    public SnapshotFile Snapshots { get; }

    public RaftDisk Found { get; }

    /// <summary>The snapshot's, at the start.</summary>
    public IndexState State { get; }

    public void Add(SaveTerm save)
    {
        _term = (save.Term, save.Vote);
        LogRecords.WriteTerm(_frame, save.Term, save.Vote);
    }

    public void Add(SaveMembers save)
    {
        _members = save.Members;
        LogRecords.WriteMembers(_frame, save.Members);
    }

    public void Add(SaveEntries save)
    {
        foreach (var entry in save.Entries)
        {
            LogRecords.WriteEntry(_frame, entry);
            _last = (entry.Index, entry.Term);
        }
    }

    /// <summary>Writes what was gathered; returns when it is on disk. What cannot be written ends the process: nobody knows what the disk then holds.</summary>
    public void Sync()
    {
        if (_frame.Length == 0)
        {
            return;
        }

        var frame = _frame;
        _frame = new WireWriter();
        _log.Write(frame.Written.Span, _last.Index, Opening);
        _written = _last;
    }

    public IndexState UseSnapshot(UseSnapshot use)
    {
        Sync();
        var state = Snapshots.UseIncoming(use.Mark);
        if (use.KeepLog)
        {
            LogRecords.WriteBegin(_frame, use.Mark.Index, use.Mark.Term);
        }
        else
        {
            LogRecords.WriteCut(_frame, use.Mark.Index, use.Mark.Term);
            _last = (use.Mark.Index, use.Mark.Term);
        }

        Sync();
        _log.ForgetTo(use.KeepLog ? use.Mark.Index : long.MaxValue);
        return state;
    }

    /// <summary>The member's own snapshot is in use; the log may forget up to an entry before it.</summary>
    public void Compact(long forget, long forgetTerm)
    {
        Snapshots.UseOwn();
        LogRecords.WriteBegin(_frame, forget, forgetTerm);
        Sync();
        _log.ForgetTo(forget);
    }

    public void Dispose() => _log.Dispose();

    /// <summary>Files before may go: what of them still counts is said again.</summary>
    private void Opening(WireWriter to)
    {
        LogRecords.WriteIncarnation(to, _incarnation);
        if (_members is not null)
        {
            LogRecords.WriteMembers(to, _members);
        }

        LogRecords.WriteStart(to, _written.Index, _written.Term);
        LogRecords.WriteTerm(to, _term.Term, _term.Vote);
    }
}
