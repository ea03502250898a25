using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Index.Disk;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>Applies what is decided, answers those who wait for it, and shortens the log. Used by the member's thread only.</summary>
internal sealed class MemberMachine(Raft raft, MemberDisk disk, Func<PlacementMap?> first, Action<SnapshotWritten> written, TimeProvider clock)
{
    /// <summary>Entries after which a snapshot is taken; a quarter of the objects where there are many, so that writing it costs a bounded share of what is written anyway.</summary>
    private const long SnapshotEvery = 20_000;

    /// <summary>Bytes of entries after which a snapshot is taken; half of the last snapshot where it is large.</summary>
    private const long SnapshotBytes = 16 << 20;

    /// <summary>Entries kept behind a snapshot, so that a member that was away for a moment needs no snapshot.</summary>
    private const long KeptBehind = 2_000;

    private readonly Dictionary<long, (long Term, TaskCompletionSource<IndexAnswer?> Answer)> _waiting = [];
    private readonly List<(long Index, long Term, TaskCompletionSource<bool> Passed)> _barriers = [];
    private readonly List<(TaskCompletionSource<IndexAnswer?> To, IndexAnswer? Answer)> _answers = [];
    private long _applied = disk.State.Version;
    private long _bytesSince;
    private bool _snapshotting;
    private readonly GenerationTimer _generations = new(clock);
    private long _placementAsked;

    public IndexState State { get; private set; } = disk.State;

    private bool Leads => raft.Role == RaftRole.Leader;

    public void Propose(CommandCame came)
    {
        if (raft.Propose(came.Data) is { } index)
        {
            _waiting[index] = (raft.Term, came.Answer);
        }
        else
        {
            came.Answer.TrySetResult(null);
        }
    }

    public void Await(TaskCompletionSource<bool> passed) => _barriers.Add((raft.Last, raft.Term, passed));

    public void Apply()
    {
        while (_applied < raft.Commit)
        {
            var entry = raft.Entry(++_applied);
            IndexAnswer? answer = null;
            if (entry.Data.Length > 0)
            {
                var (request, now, command) = EntryData.Read(entry.Data);
                (State, answer) = State.Apply(command, entry.Index, now, request);
                _bytesSince += entry.Data.Length;
            }
            else
            {
                State = State with { Version = entry.Index };
            }

            if (_waiting.Remove(entry.Index, out var waiting))
            {
                _answers.Add((waiting.Answer, waiting.Term == entry.Term ? answer : null));
            }
        }

        PlaceFirst();
        BeginGeneration();
        Shorten();
    }

    public MemberView View() => new(raft.Role, raft.Leader, raft.Term, raft.Admitted, _applied >= raft.TermBegins ? raft.LeaseEnds : null, State);

    /// <summary>After the state is to be seen by all: what is answered can be read.</summary>
    public void Answer()
    {
        _answers.ForEach(one => one.To.TrySetResult(one.Answer));
        _answers.Clear();
        if (!Leads)
        {
            GiveUp();
        }

        foreach (var barrier in _barriers.Where(barrier => barrier.Index <= _applied))
        {
            barrier.Passed.TrySetResult(barrier.Term == raft.Term);
        }

        _barriers.RemoveAll(barrier => barrier.Index <= _applied);
    }

    /// <summary>Who waits is told that this member cannot say what came of it.</summary>
    public void GiveUp()
    {
        foreach (var (_, answer) in _waiting.Values)
        {
            answer.TrySetResult(null);
        }

        _waiting.Clear();
        _barriers.ForEach(barrier => barrier.Passed.TrySetResult(false));
        _barriers.Clear();
    }

    public void Restore(IndexState state) => (State, _applied, _bytesSince) = (state, state.Version, 0);

    public void Use(SnapshotMark mark)
    {
        _snapshotting = false;
        if (mark.Index <= raft.Snapshot.Index)
        {
            return;
        }

        var forget = Math.Max(mark.Index - KeptBehind, 0);
        forget = raft.TermOf(forget) is null ? mark.Index : forget;
        disk.Compact(forget, raft.TermOf(forget)!.Value);
        raft.Compacted(mark, forget);
    }

    private void PlaceFirst()
    {
        if (Leads && State.Placement is null && _applied >= raft.TermBegins && _placementAsked != raft.Term && first() is { } map)
        {
            _placementAsked = raft.Term;
            raft.Propose(EntryData.Write(Guid.NewGuid(), clock.GetUtcNow(), to => CommandWire.Write(to, new SetPlacement(map))));
        }
    }

    private void BeginGeneration()
    {
        if (Leads && State.Placement is { } map && _generations.IsDue(raft.Term))
        {
            raft.Propose(EntryData.Write(Guid.NewGuid(), clock.GetUtcNow(), to => CommandWire.Write(to, new BeginGeneration(map.Generation))));
        }
    }

    /// <summary>The log goes on without a snapshot that could not be written; another is tried later.</summary>
    private SnapshotMark Write(IndexState state, long term)
    {
        try
        {
            return disk.Snapshots.WriteOwn(state, term);
        }
        catch (IOException e)
        {
            System.Console.Error.WriteLine($"no snapshot could be written: {e.Message}");
            return default;
        }
    }

    /// <summary>The state is a value: it is written elsewhere while this goes on with the next one.</summary>
    private void Shorten()
    {
        if (_snapshotting || (_applied - raft.Snapshot.Index < Math.Max(SnapshotEvery, State.Objects / 4) && _bytesSince < Math.Max(SnapshotBytes, raft.Snapshot.Length / 2)) || raft.TermOf(_applied) is not { } term)
        {
            return;
        }

        (_snapshotting, _bytesSince) = (true, 0);
        var state = State;
        _ = Task.Run(() => written(new SnapshotWritten(Write(state, term))));
    }
}
