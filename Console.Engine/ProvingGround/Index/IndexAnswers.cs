using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>Answers to batches of commands and of questions.</summary>
internal static class IndexAnswers
{
    /// <summary>The first byte of an answer: it is one, or this member cannot give it and says who may.</summary>
    public const byte NotHere = 0;
    public const byte Here = 1;

    /// <summary>Commands or questions in one request.</summary>
    public const int Most = 1_000;

    public static async Task<WireWriter> ApplyAsync(IndexMember member, WireReader body, TimeProvider clock)
    {
        // All are read before the first is taken in: a malformed batch does nothing.
        var now = clock.GetUtcNow();
        var entries = body.Many(reader => Entry(reader.Id(), reader.Bytes(), now));
        body.MustBeAtEnd();
        if (member.View.Role != RaftRole.Leader || entries.Length > Most)
        {
            return Elsewhere(member);
        }

        var answers = await Task.WhenAll(entries.Select(entry => member.ApplyAsync(entry))).ConfigureAwait(false);
        var to = new WireWriter();
        to.Byte(Here);
        foreach (var answer in answers)
        {
            Questions.Maybe(to, answer, AnswerWire.Write);
        }

        return to;
    }

    public static async Task<WireWriter> AskAsync(IndexMember member, WireReader body)
    {
        var afterAll = body.Flag();
        var questions = body.Many(reader => reader.Bytes());
        body.MustBeAtEnd();
        if ((afterAll ? await member.ReadAfterAllAsync().ConfigureAwait(false) : member.Read()) is not { } state)
        {
            return Elsewhere(member);
        }

        var to = new WireWriter();
        to.Byte(Here);
        foreach (var question in questions)
        {
            Questions.Answer(state, new WireReader(question), to);
        }

        return to;
    }

    private static byte[] Entry(Guid request, ReadOnlyMemory<byte> command, DateTimeOffset now)
    {
        var reader = new WireReader(command);
        CommandWire.Read(reader);
        reader.MustBeAtEnd();
        return EntryData.Write(request, now, to => to.Raw(command.Span));
    }

    private static WireWriter Elsewhere(IndexMember member)
    {
        var to = new WireWriter();
        to.Byte(NotHere);
        to.TextOrNull(member.View.Leader);
        return to;
    }
}
