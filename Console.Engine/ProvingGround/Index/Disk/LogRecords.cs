using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index.Disk;

/// <summary>What frames of a log say, one after another: each record changes what the ones before it said.</summary>
internal sealed class LogRecords
{
    private const byte TermRecord = 1;
    private const byte EntryRecord = 2;
    private const byte BeginRecord = 3;
    private const byte StartRecord = 4;
    private const byte CutRecord = 5;
    private const byte IncarnationRecord = 6;
    private const byte MembersRecord = 7;
    private const long Unknown = -1;

    private readonly List<LogEntry> _entries = [];

    // Nothing has been read yet; or only where a file whose forerunners are gone goes on.
    private bool _blank = true;
    private bool _floating;

    /// <summary>Null where there is no log.</summary>
    public Guid? Incarnation { get; private set; }

    public Membership? Members { get; private set; }

    public long Term { get; private set; }

    public string? Vote { get; private set; }

    public long Begins { get; private set; }

    public long BeginsTerm { get; private set; }

    public long Last => Begins + _entries.Count;

    public long LastTerm => _entries.Count > 0 ? _entries[^1].Term : BeginsTerm;

    public ImmutableArray<LogEntry> Entries => [.. _entries];

    public static void WriteTerm(WireWriter to, long term, string? vote)
    {
        to.Byte(TermRecord);
        to.Number(term);
        to.TextOrNull(vote);
    }

    /// <summary>Stands at the beginning of each file.</summary>
    public static void WriteIncarnation(WireWriter to, Guid incarnation)
    {
        to.Byte(IncarnationRecord);
        to.Id(incarnation);
    }

    public static void WriteMembers(WireWriter to, Membership members)
    {
        to.Byte(MembersRecord);
        RaftWire.Write(to, members);
    }

    public static void WriteEntry(WireWriter to, LogEntry entry)
    {
        to.Byte(EntryRecord);
        RaftWire.Write(to, entry);
    }

    /// <summary>Entries up to this one are a snapshot's; those after it stay.</summary>
    public static void WriteBegin(WireWriter to, long index, long term)
    {
        to.Byte(BeginRecord);
        to.Number(index);
        to.Number(term);
    }

    /// <summary>Where a new file goes on; counts only where the files before it are gone. A <see cref="BeginRecord"/> at or after it then follows.</summary>
    public static void WriteStart(WireWriter to, long last, long lastTerm)
    {
        to.Byte(StartRecord);
        to.Number(last);
        to.Number(lastTerm);
    }

    /// <summary>Everything before is another leader's: the log begins anew after a snapshot of this entry.</summary>
    public static void WriteCut(WireWriter to, long index, long term)
    {
        to.Byte(CutRecord);
        to.Number(index);
        to.Number(term);
    }

    public void Read(ReadOnlyMemory<byte> payload)
    {
        var from = new WireReader(payload);
        while (!from.AtEnd)
        {
            switch (from.Byte())
            {
                case TermRecord:
                    (Term, Vote) = (from.Number(), from.TextOrNull());
                    break;
                case IncarnationRecord:
                    Incarnation = from.Id();
                    break;
                case MembersRecord:
                    Members = RaftWire.ReadMembers(from);
                    break;
                case EntryRecord:
                    Take(RaftWire.ReadEntry(from));
                    break;
                case BeginRecord:
                    BeginAt(from.Number(), from.Number());
                    break;
                case StartRecord:
                    StartAt(from.Number(), from.Number());
                    break;
                case CutRecord:
                    Cut(from.Number(), from.Number());
                    break;
                default:
                    throw WireReader.Malformed();
            }
        }
    }

    public long? TermOf(long index) => index == Begins ? BeginsTerm : index > Begins && index <= Last ? _entries[(int)(index - Begins - 1)].Term : null;

    public void Cut(long index, long term)
    {
        _entries.Clear();
        (Begins, BeginsTerm, _blank, _floating) = (index, term, false, false);
    }

    private void BeginAt(long index, long term)
    {
        if (_floating && (index < Begins || (index == Begins && BeginsTerm == Unknown)))
        {
            // Said before the files went; a later one follows.
            return;
        }

        // Where it does not have that very entry, nothing it has belongs to what follows.
        var gone = TermOf(index) == term ? (int)(index - Begins) : _entries.Count;
        _entries.RemoveRange(0, gone);
        (Begins, BeginsTerm, _blank, _floating) = (index, term, false, false);
    }

    private void StartAt(long last, long term)
    {
        if (_blank)
        {
            (Begins, BeginsTerm, _floating) = (last, term, last > 0);
        }

        _blank = false;
    }

    private void Take(LogEntry entry)
    {
        if (_floating && entry.Index <= Begins)
        {
            // Replaced what a file before had, which is gone by now.
            _entries.Clear();
            (Begins, BeginsTerm) = (entry.Index - 1, Unknown);
        }

        if (entry.Index > Last + 1 || entry.Index <= Begins)
        {
            throw new InvalidDataException($"entry {entry.Index} where {Begins + 1} to {Last + 1} may follow");
        }

        var at = (int)(entry.Index - Begins - 1);
        _entries.RemoveRange(at, _entries.Count - at);
        _entries.Add(entry);
    }
}
