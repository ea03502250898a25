using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Consensus;

namespace OpsConsole.Tests.ProvingGround.Consensus;

/// <summary>Faults a run may plant, each of which the run must find.</summary>
internal enum Planted
{
    Nothing,
    ForgottenVote,
    IgnoredSync,

    /// <summary>A leader answers reads without looking at its lease.</summary>
    IgnoredLease,

    /// <summary>A member that starts votes at once, though it may have heard a leader just before it died.</summary>
    HastyVote,

    /// <summary>A member whose disk was replaced goes on as if it were the one before: it votes and is counted.</summary>
    ForgottenLoss,
}

/// <summary>Three members on a bad network with bad disks and clocks, and clients that write and read; all from one seed, in simulated milliseconds.</summary>
internal sealed class SimCluster
{
    private readonly Random _random;
    private readonly SimMember[] _members;
    private readonly PriorityQueue<(string To, RaftMessage Message), (double, long)> _network = new();
    private readonly List<(string Key, SimMember Leader, long Index, long Term, long Required)> _writes = [];
    private ImmutableHashSet<(string, string)> _cut = [];
    private long _order;
    private readonly bool _losesDisks;
    private bool _calm;

    /// <param name="losesDisks">Disks are replaced by empty ones now and then: one at a time, the next when all know that the last was admitted again.</param>
    public SimCluster(int seed, Planted planted, bool losesDisks = false)
    {
        _random = new Random(seed);
        _losesDisks = losesDisks;
        var founders = Members.ToImmutableSortedDictionary(id => id, id => SimDisk.Fresh(new Random(id[0])));
        Founders = new Membership(0, founders);
        IgnoresLease = planted == Planted.IgnoredLease;
        NoWaitAfterStart = planted == Planted.HastyVote;
        _members = [.. Members.Select(id => new SimMember(
            id,
            this,
            new SimDisk(_random, founders[id], planted == Planted.ForgottenVote, planted == Planted.IgnoredSync, planted == Planted.ForgottenLoss),
            0.95 + (_random.NextDouble() * 0.1),
            TimeSpan.FromSeconds(_random.Next(1_000)),
            _random))];
        Array.ForEach(_members, member => member.Start());
    }

    public ImmutableArray<string> Members { get; } = ["a", "b", "c"];

    public Membership Founders { get; }

    public SimHistory History { get; } = new();

    public int DisksLost { get; private set; }

    public TimeSpan Now { get; private set; }

    public bool IgnoresLease { get; }

    public bool NoWaitAfterStart { get; }

    /// <summary>Bad times for most of it, then good ones, at whose end everything must work.</summary>
    public void Run(TimeSpan bad, TimeSpan good)
    {
        while (Now < bad + good)
        {
            Now += TimeSpan.FromMilliseconds(5);
            if (Now < bad)
            {
                Disturb();
            }
            else if (!_calm)
            {
                Calm();
            }

            Deliver();
            foreach (var member in _members)
            {
                if (member.Raft is null && Now >= member.DownUntil)
                {
                    member.Start();
                }

                if (member is { Raft: not null, Stopped: false })
                {
                    member.Run();
                }
            }

            Clients(writing: Now < bad + (good / 2));
        }

        Assert.Single(_members, member => member.Raft!.Role == RaftRole.Leader);
        Assert.Equal(_members[0].Applied, _members[1].Applied);
        Assert.Equal(_members[0].Applied, _members[2].Applied);
        Assert.All(_members, member => Assert.All(_members, other => Assert.True(member.KnowsAdmitted(other), $"{member.Id} does not know that {other.Id} was admitted")));
    }

    public void Carry(string from, string to, RaftMessage message)
    {
        var copies = _calm ? 1 : _random.Next(20) switch { 0 or 1 => 0, 2 => 2, _ => 1 };
        for (var copy = 0; copy < copies && !_cut.Contains((from, to)); copy++)
        {
            var delay = !_calm && _random.Next(15) == 0 ? _random.Next(2_000) : _random.Next(15);
            _network.Enqueue((to, message), ((Now + TimeSpan.FromMilliseconds(delay)).TotalMilliseconds, _order++));
        }
    }

    /// <summary>Whether power fails at this point of writing to disk.</summary>
    public bool CrashHere(SimMember member)
    {
        if (_calm || _random.Next(1_500) > 0)
        {
            return false;
        }

        member.Crash();
        return true;
    }

    private void Disturb()
    {
        var victim = _members[_random.Next(_members.Length)];
        if (_losesDisks && _random.Next(400) == 0 && _members.All(member => _members.All(member.KnowsAdmitted)))
        {
            DisksLost++;
            victim.LoseDisk();
            return;
        }

        switch (_random.Next(600))
        {
            case 0 when victim.Raft is not null:
                victim.Crash();
                break;
            case 1 or 2:
                victim.Stopped = true;
                break;
            case 3 or 4 or 5 or 6:
                Array.ForEach(_members, member => member.Stopped = false);
                break;
            case 7:
                _cut = [.. _members.Where(other => other != victim).SelectMany(other => new[] { (victim.Id, other.Id), (other.Id, victim.Id) })];
                break;
            case 8:
                _cut = [(victim.Id, _members[_random.Next(_members.Length)].Id)];
                break;
            case 9 or 10 or 11:
                _cut = [];
                break;
        }
    }

    private void Calm()
    {
        (_calm, _cut) = (true, []);
        Array.ForEach(_members, member => member.Stopped = false);
    }

    private void Deliver()
    {
        while (_network.TryPeek(out var next, out var at) && at.Item1 <= Now.TotalMilliseconds)
        {
            _network.Dequeue();
            _members.Single(member => member.Id == next.To).Arrive(next.Message);
        }
    }

    private void Clients(bool writing)
    {
        foreach (var member in _members.Where(member => member is { Raft: not null, Stopped: false }))
        {
            var key = $"k{_random.Next(3)}";
            var required = History.SeenOf(key);
            if (writing && _random.Next(6) == 0 && _writes.Count < 200 && member.Write(key, $"v{_order++}") is { } at)
            {
                _writes.Add((key, member, at.Index, at.Term, required));
            }

            if (member.Read(key) is { } found)
            {
                History.ReadOf(key, found, required);
            }
        }

        // Acknowledged by the member that took it in, once applied there; nobody waits for the others' answers.
        _writes.RemoveAll(write =>
        {
            var done = write.Leader.Applied >= write.Index && History.Decided(write.Index, write.Term);
            if (done)
            {
                History.Wrote(write.Key, write.Index, write.Required);
            }

            return done || write.Leader.Applied >= write.Index || write.Leader.Raft is null;
        });
    }
}
