using OpsConsole.Domain.ProvingGround.Consensus;

namespace OpsConsole.Tests.ProvingGround.Consensus;

/// <summary>What must never happen, looked at after every step; throws <see cref="BrokenLaw"/> where it did.</summary>
internal sealed class SimHistory
{
    private readonly Dictionary<long, string> _leaders = [];
    private readonly Dictionary<(long Index, long Term), string> _entries = [];
    private readonly SortedDictionary<long, (long Term, string Data)> _decided = [];
    private readonly Dictionary<string, long> _seen = [];
    private readonly Dictionary<string, RaftRole> _roles = [];

    public int Elections => _leaders.Count;

    public int Acknowledged { get; private set; }

    public int Reads { get; private set; }

    /// <summary>Election safety, and leader completeness when one begins to lead.</summary>
    public void Look(SimMember member)
    {
        var raft = member.Raft!;
        var before = _roles.GetValueOrDefault(member.Id);
        _roles[member.Id] = raft.Role;
        if (raft.Role != RaftRole.Leader)
        {
            return;
        }

        Check(_leaders.TryAdd(raft.Term, member.Id) || _leaders[raft.Term] == member.Id, $"two leaders in term {raft.Term}");
        if (before != RaftRole.Leader)
        {
            Check(_decided.All(one => one.Value.Term >= raft.Term || one.Key <= raft.Snapshot.Index || raft.TermOf(one.Key) is null && one.Key <= raft.Commit || raft.TermOf(one.Key) == one.Value.Term), $"{member.Id} leads term {raft.Term} without something decided");
        }
    }

    /// <summary>Log matching: an index and a term name one entry.</summary>
    public void Saved(RaftEffect effect)
    {
        foreach (var entry in effect is SaveEntries save ? save.Entries : [])
        {
            Check(_entries.TryAdd((entry.Index, entry.Term), Text(entry)) || _entries[(entry.Index, entry.Term)] == Text(entry), $"two entries {entry.Index} of term {entry.Term}");
        }
    }

    /// <summary>State machine safety: everybody applies the same.</summary>
    public void Applied(LogEntry entry) =>
        Check(_decided.TryAdd(entry.Index, (entry.Term, Text(entry))) || _decided[entry.Index] == (entry.Term, Text(entry)), $"two decisions of entry {entry.Index}");

    public long SeenOf(string key) => _seen.GetValueOrDefault(key);

    public bool Decided(long index, long term) => _decided.TryGetValue(index, out var decided) && decided.Term == term;

    /// <param name="required">The latest position any answer showed before the write began.</param>
    public void Wrote(string key, long index, long required)
    {
        Acknowledged++;
        Check(index > required, $"a write of {key} at {index} began after {required} was seen");
        _seen[key] = Math.Max(SeenOf(key), index);
    }

    /// <summary>Linearizable: the log's order agrees with real time. A read shows what was acknowledged or read before it began, or later.</summary>
    public void ReadOf(string key, (long Index, string Value) found, long required)
    {
        Reads++;
        Check(found.Index >= required, $"a read of {key} shows {found.Index} after {required} was seen");
        Check(found.Index == 0 || _decided[found.Index].Data == $"{key}={found.Value}", $"a read of {key} shows what was never decided");
        _seen[key] = Math.Max(SeenOf(key), found.Index);
    }

    private static string Text(LogEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Data.Span);

    private static void Check(bool holds, string words)
    {
        if (!holds)
        {
            throw new BrokenLaw(words);
        }
    }
}

internal sealed class BrokenLaw(string message) : Exception(message);
