using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Consensus;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>What members say to each other, as bytes.</summary>
internal static class RaftWire
{
    public static void Write(WireWriter to, RaftMessage message)
    {
        to.Text(message.From);
        to.Number(message.Term);
        to.Id(message.Incarnation);
        switch (message)
        {
            case VoteRequest vote:
                to.Byte(1);
                to.Flag(vote.Pre);
                to.Number(vote.LastIndex);
                to.Number(vote.LastTerm);
                Write(to, vote.Members);
                break;
            case VoteReply reply:
                to.Byte(2);
                to.Flag(reply.Pre);
                to.Flag(reply.Granted);
                break;
            case AppendRequest append:
                to.Byte(3);
                to.Number(append.Previous);
                to.Number(append.PreviousTerm);
                to.Many(append.Entries, Write);
                to.Number(append.Commit);
                to.Number(append.Sent.Ticks);
                break;
            case AppendReply reply:
                to.Byte(4);
                to.Flag(reply.Accepted);
                to.Number(reply.Match);
                to.Number(reply.Sent.Ticks);
                break;
            case SnapshotChunk chunk:
                to.Byte(5);
                Write(to, chunk.Mark);
                to.Number(chunk.Offset);
                to.Bytes(chunk.Data.Span);
                Write(to, chunk.Members);
                to.Number(chunk.Sent.Ticks);
                break;
            case ChunkReply reply:
                to.Byte(6);
                Write(to, reply.Mark);
                to.Number(reply.Next);
                to.Number(reply.Sent.Ticks);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message");
        }
    }

    public static RaftMessage Read(WireReader from)
    {
        var (sender, term, incarnation) = (from.Text(), from.Number(), from.Id());
        return Read(from, sender, term) with { Incarnation = incarnation };
    }

    public static void Write(WireWriter to, LogEntry entry)
    {
        to.Number(entry.Index);
        to.Number(entry.Term);
        to.Bytes(entry.Data.Span);
        to.Flag(entry.Admits is not null);
        if (entry.Admits is { } admits)
        {
            to.Text(admits.Member);
            to.Id(admits.Incarnation);
        }
    }

    public static LogEntry ReadEntry(WireReader from) =>
        new(from.Number(), from.Number(), from.Bytes(), from.Flag() ? new Admission(from.Text(), from.Id()) : null);

    public static void Write(WireWriter to, Membership members)
    {
        to.Number(members.Since);
        to.Many([.. members.Incarnations], (writer, one) =>
        {
            writer.Text(one.Key);
            writer.Id(one.Value);
        });
    }

    public static Membership ReadMembers(WireReader from) =>
        new(from.Number(), from.Many(reader => KeyValuePair.Create(reader.Text(), reader.Id())).ToImmutableSortedDictionary(StringComparer.Ordinal));

    private static RaftMessage Read(WireReader from, string sender, long term) =>
        from.Byte() switch
        {
            1 => new VoteRequest(sender, term, from.Flag(), from.Number(), from.Number(), ReadMembers(from)),
            2 => new VoteReply(sender, term, from.Flag(), from.Flag()),
            3 => new AppendRequest(sender, term, from.Number(), from.Number(), from.Many(ReadEntry), from.Number(), new TimeSpan(from.Number())),
            4 => new AppendReply(sender, term, from.Flag(), from.Number(), new TimeSpan(from.Number())),
            5 => new SnapshotChunk(sender, term, ReadMark(from), from.Number(), from.Bytes(), ReadMembers(from), new TimeSpan(from.Number())),
            6 => new ChunkReply(sender, term, ReadMark(from), from.Number(), new TimeSpan(from.Number())),
            _ => throw WireReader.Malformed(),
        };

    private static void Write(WireWriter to, SnapshotMark mark)
    {
        to.Number(mark.Index);
        to.Number(mark.Term);
        to.Number(mark.Length);
    }

    private static SnapshotMark ReadMark(WireReader from) => new(from.Number(), from.Number(), from.Number());
}
