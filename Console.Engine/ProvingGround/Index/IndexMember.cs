using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Index.Disk;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>
/// One member at work: a thread of its own takes what came, all of it at once, lets the state machine step, writes what must be kept with one sync, and only then says so. While it waits
/// for the disk the next batch gathers. Readers never wait for it: they look at the lease and then at the state, both published after every batch.
/// </summary>
internal sealed class IndexMember : IDisposable
{
    /// <summary>What is waiting to be taken; more is refused.</summary>
    private const int MostWaiting = 20_000;

    private const int Batch = 2_000;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(30);

    // Not a blocking collection: that one spins before it sleeps, which three idle members would do all day.
    private readonly ConcurrentQueue<MemberInput> _inputs = new();
    private readonly AutoResetEvent _came = new(initialState: false);
    private readonly List<Send> _promises = [];
    private readonly MemberDisk _disk;
    private readonly IMemberLinks _links;
    private readonly TimeProvider _clock;
    private readonly Raft _raft;
    private readonly MemberMachine _machine;
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private int _ticking;
    private volatile bool _ending;
    private MemberView _view;

    /// <param name="first">The placement a new store begins with.</param>
    /// <param name="broke">Called where the member cannot go on: its disk failed, or what it holds contradicts the others.</param>
    public IndexMember(RaftSettings settings, MemberDisk disk, IMemberLinks links, Func<PlacementMap?> first, int seed, Action<Exception> broke, TimeProvider clock)
    {
        (_disk, _links, _clock) = (disk, links, clock);
        _raft = new Raft(settings, disk.Found, seed, Now);
        _machine = new MemberMachine(_raft, disk, first, AddWaiting, clock);
        _view = new MemberView(RaftRole.Follower, null, 0, _raft.Admitted, null, _machine.State);
        _thread = new Thread(() => Work(broke)) { IsBackground = true, Name = "index member" };
        _thread.Start();
        _timer = clock.CreateTimer(_ => Tick(), null, TickEvery, TickEvery);
    }

    public MemberView View => Volatile.Read(ref _view);

    private TimeSpan Now => _clock.GetElapsedTime(0);

    public bool Post(RaftMessage message) => TryAdd(new MessageCame(message));

    /// <summary>Null where this member does not lead, or no longer: what came of the command another may know.</summary>
    public Task<IndexAnswer?> ApplyAsync(ReadOnlyMemory<byte> data)
    {
        var answer = new TaskCompletionSource<IndexAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return View.Role == RaftRole.Leader && TryAdd(new CommandCame(data, answer)) ? answer.Task : Task.FromResult<IndexAnswer?>(null);
    }

    /// <summary>The latest state there is; null where this member cannot know that it has it. The lease is looked at before the state: a process that was stopped in between read no later than it knew.</summary>
    public IndexState? Read() => View.LeaseEnds is { } ends && Now < ends ? View.State : null;

    /// <summary>Like <see cref="Read"/>, after everything that was on its way has been decided.</summary>
    public async Task<IndexState?> ReadAfterAllAsync()
    {
        var passed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return TryAdd(new BarrierCame(passed)) && await passed.Task.ConfigureAwait(false) ? Read() : null;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _ending = true;
        _came.Set();
        if (_thread.Join(TimeSpan.FromSeconds(3)))
        {
            _came.Dispose();
        }

        _disk.Dispose();
    }

    private bool TryAdd(MemberInput input) => _inputs.Count < MostWaiting && Add(input);

    /// <summary>False where it is ending.</summary>
    private bool Add(MemberInput input)
    {
        if (_ending)
        {
            return false;
        }

        _inputs.Enqueue(input);
        try
        {
            _came.Set();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private void AddWaiting(SnapshotWritten written) => Add(written);

    private void Tick()
    {
        if (Interlocked.Exchange(ref _ticking, 1) == 0 && !TryAdd(new TimeWentOn()))
        {
            _ticking = 0;
        }
    }

    private void Work(Action<Exception> broke)
    {
        try
        {
            while (!_ending)
            {
                if (_inputs.IsEmpty)
                {
                    _came.WaitOne();
                    continue;
                }

                for (var taken = 0; taken < Batch && _inputs.TryDequeue(out var input); taken++)
                {
                    Take(input);
                }

                Finish();
            }
        }
#pragma warning disable CA1031 // Whatever it is, a member that cannot keep what it says must not say anything more.
        catch (Exception e)
#pragma warning restore CA1031
        {
            broke(e);
        }
        finally
        {
            _machine.GiveUp();
            while (_inputs.TryDequeue(out var left))
            {
                Refuse(left);
            }
        }
    }

    private static void Refuse(MemberInput input)
    {
        (input as CommandCame)?.Answer.TrySetResult(null);
        (input as BarrierCame)?.Passed.TrySetResult(false);
    }

    private void Take(MemberInput input)
    {
        switch (input)
        {
            case TimeWentOn:
                Volatile.Write(ref _ticking, 0);
                Do(_raft.Tick(Now));
                break;
            case MessageCame came:
                Do(_raft.Receive(came.Message, Now));
                break;
            case CommandCame came:
                _machine.Propose(came);
                break;
            case BarrierCame came:
                _machine.Await(came.Passed);
                break;
            case SnapshotWritten written:
                _machine.Use(written.Mark);
                break;
        }
    }

    /// <summary>One sync for all that was taken; then what it promises is sent, and what is decided is applied and answered.</summary>
    private void Finish()
    {
        Do(_raft.Flush(Now));
        _disk.Sync();
        Do(_raft.Persisted());
        _promises.ForEach(send => _links.Carry(send.To, send.Message));
        _promises.Clear();
        _machine.Apply();
        Volatile.Write(ref _view, _machine.View());
        _machine.Answer();
    }

    private void Do(ImmutableArray<RaftEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case SaveTerm save:
                    _disk.Add(save);
                    break;
                case SaveMembers save:
                    _disk.Add(save);
                    break;
                case SaveEntries save:
                    _disk.Add(save);
                    break;
                case SaveChunk save:
                    _disk.Snapshots.WriteChunk(save.Offset, save.Data.Span);
                    break;
                case UseSnapshot use:
                    _machine.Restore(_disk.UseSnapshot(use));
                    break;
                case Send { Promises: true } send:
                    _promises.Add(send);
                    break;
                case Send send:
                    _links.Carry(send.To, send.Message);
                    break;
                case SendChunk send:
                    _links.Carry(send.To, send.Empty with { Data = _disk.Snapshots.Piece(send.Empty.Mark, send.Empty.Offset, send.Most) });
                    break;
            }
        }
    }
}

/// <summary>What a member shows between two batches.</summary>
/// <param name="LeaseEnds">Until when its state is the latest there is; null where it cannot know.</param>
/// <param name="Admitted">False where its disk was replaced and the others have not taken it in again.</param>
internal sealed record MemberView(RaftRole Role, string? Leader, long Term, bool Admitted, TimeSpan? LeaseEnds, IndexState State);

/// <summary>Brings messages to the other members, or not.</summary>
internal interface IMemberLinks
{
    void Carry(string to, RaftMessage message);
}
