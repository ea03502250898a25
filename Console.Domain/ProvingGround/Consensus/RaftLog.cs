using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Consensus;

/// <summary>The entries a member has in memory: all after <see cref="Base"/>.</summary>
internal sealed class RaftLog
{
    private readonly List<LogEntry> _entries;

    public RaftLog(long begins, long beginsTerm, IEnumerable<LogEntry> entries)
    {
        (Base, BaseTerm) = (begins, beginsTerm);
        _entries = [.. entries];
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Index != begins + i + 1)
            {
                throw new ArgumentException($"entry {_entries[i].Index} stands where {begins + i + 1} belongs", nameof(entries));
            }
        }
    }

    public long Base { get; private set; }

    public long BaseTerm { get; private set; }

    public long Last => Base + _entries.Count;

    public long LastTerm => _entries.Count == 0 ? BaseTerm : _entries[^1].Term;

    public LogEntry this[long index] => _entries[(int)(index - Base - 1)];

    /// <summary>Null where it has neither the entry nor its term.</summary>
    public long? TermOf(long index) => index == Base ? BaseTerm : index > Base && index <= Last ? this[index].Term : null;

    public void Add(LogEntry entry) => _entries.Add(entry);

    /// <summary>Takes the place of everything from the first of these on.</summary>
    public void Replace(ImmutableArray<LogEntry> entries)
    {
        var at = (int)(entries[0].Index - Base - 1);
        _entries.RemoveRange(at, _entries.Count - at);
        _entries.AddRange(entries);
    }

    public ImmutableArray<LogEntry> From(long index, int most, int bytes)
    {
        var found = ImmutableArray.CreateBuilder<LogEntry>();
        for (var at = index; at <= Last && found.Count < most && bytes > 0; at++)
        {
            found.Add(this[at]);
            bytes -= this[at].Data.Length;
        }

        return found.ToImmutable();
    }

    public void ForgetTo(long index)
    {
        var term = TermOf(index)!.Value;
        _entries.RemoveRange(0, (int)(index - Base));
        (Base, BaseTerm) = (index, term);
    }

    public void BeginAt(long index, long term)
    {
        _entries.Clear();
        (Base, BaseTerm) = (index, term);
    }
}
