using System.Collections.Immutable;
using System.Text;
using OpsConsole.Domain.ProvingGround.Consensus;

namespace OpsConsole.Tests.ProvingGround.Consensus;

/// <summary>A member with its disk and its own clock, which runs fast or slow; killed, stopped and started by the cluster.</summary>
internal sealed class SimMember(string id, SimCluster cluster, SimDisk disk, double drift, TimeSpan offset, Random random)
{
    private readonly List<Send> _held = [];
    private readonly Queue<RaftMessage> _inbox = new();
    private Dictionary<string, (long Index, string Value)> _data = [];

    public string Id => id;

    public Guid Incarnation => disk.Incarnation;

    public Raft? Raft { get; private set; }

    public long Applied { get; private set; }

    public bool Stopped { get; set; }

    public TimeSpan DownUntil { get; private set; }

    public TimeSpan SyncAt { get; private set; }

    private TimeSpan Now => offset + (cluster.Now * drift);

    public void Start()
    {
        var found = disk.Read();
        Raft = new Raft(new RaftSettings(id, cluster.Members, cluster.Founders) { BatchEntries = 7, ChunkBytes = 40 }, found, random.Next(), cluster.NoWaitAfterStart ? Now - TimeSpan.FromMinutes(1) : Now);
        Restore(found.Snapshot);
    }

    public void Crash()
    {
        disk.Crash();
        Raft = null;
        _held.Clear();
        _inbox.Clear();
        DownUntil = cluster.Now + TimeSpan.FromMilliseconds(random.Next(3_000));
    }

    public void LoseDisk()
    {
        Crash();
        disk.Lose();
    }

    /// <summary>Whether this member knows that this incarnation of the other is admitted.</summary>
    public bool KnowsAdmitted(SimMember other) => Raft is { } raft && raft.Members.Has(other.Id, other.Incarnation);

    public void Arrive(RaftMessage message)
    {
        if (Raft is not null && _inbox.Count < 200)
        {
            _inbox.Enqueue(message);
        }
    }

    /// <summary>Takes in what has arrived, lets time go on, and sometimes syncs and sends what that promises.</summary>
    public void Run()
    {
        while (_inbox.TryDequeue(out var message))
        {
            Do(Raft!.Receive(message, Now));
        }

        Do(Raft!.Tick(Now));
        Do(Raft.Flush(Now));
        if (cluster.Now >= SyncAt && !cluster.CrashHere(this))
        {
            disk.Sync();
            if (!cluster.CrashHere(this))
            {
                Send();
                Do(Raft.Persisted());
                SyncAt = cluster.Now + TimeSpan.FromMilliseconds(random.Next(20));
            }
        }

        Apply();
    }

    /// <summary>The entry's index and term; null where it does not lead.</summary>
    public (long Index, long Term)? Write(string key, string value) =>
        Raft is { } raft && raft.Propose(Encoding.UTF8.GetBytes($"{key}={value}")) is { } index ? (index, raft.Term) : null;

    /// <summary>What it reads by its lease; null where it has none.</summary>
    public (long Index, string Value)? Read(string key) =>
        Raft is { Role: RaftRole.Leader } raft && (cluster.IgnoresLease || (raft.LeaseEnds > Now && Applied >= raft.TermBegins)) ? _data.GetValueOrDefault(key) : null;

    private void Do(ImmutableArray<RaftEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Send { Promises: true } send:
                    _held.Add(send);
                    break;
                case Send send:
                    cluster.Carry(id, send.To, send.Message);
                    break;
                case SendChunk send when send.Empty.Mark == disk.Mark:
                    var bytes = disk.Snapshot.AsMemory((int)send.Empty.Offset);
                    cluster.Carry(id, send.To, send.Empty with { Data = bytes[..Math.Min(bytes.Length, send.Most)] });
                    break;
                case SendChunk:
                    break;
                default:
                    disk.Write(effect);
                    cluster.History.Saved(effect);
                    break;
            }
        }

        cluster.History.Look(this);
    }

    private void Send()
    {
        _held.ForEach(send => cluster.Carry(id, send.To, send.Message));
        _held.Clear();
    }

    private void Apply()
    {
        if (Raft is not { } raft)
        {
            return;
        }

        if (raft.Snapshot.Index > Applied)
        {
            disk.Settle();
            Restore(raft.Snapshot);
        }

        while (Applied < raft.Commit)
        {
            var entry = raft.Entry(++Applied);
            cluster.History.Applied(entry);
            if (entry.Data.Length > 0)
            {
                var parts = Encoding.UTF8.GetString(entry.Data.Span).Split('=');
                _data[parts[0]] = (entry.Index, parts[1]);
            }
        }

        if (Applied - raft.Snapshot.Index > 40 && random.Next(20) == 0)
        {
            var bytes = Encoding.UTF8.GetBytes("state\n" + string.Join('\n', _data.Select(pair => $"{pair.Key}={pair.Value.Index}={pair.Value.Value}")));
            var mark = new SnapshotMark(Applied, raft.TermOf(Applied)!.Value, bytes.Length);
            var forget = Math.Max(0, Applied - random.Next(30));
            disk.Compact(mark, bytes, forget);
            raft.Compacted(mark, forget);
        }
    }

    private void Restore(SnapshotMark mark)
    {
        if (mark.Index == 0)
        {
            (_data, Applied) = ([], 0);
            return;
        }

        Assert.Equal(mark, disk.Mark);
        _data = Encoding.UTF8.GetString(disk.Snapshot).Split('\n').Skip(1).Select(line => line.Split('=')).ToDictionary(parts => parts[0], parts => (long.Parse(parts[1]), parts[2]));
        Applied = mark.Index;
    }
}
