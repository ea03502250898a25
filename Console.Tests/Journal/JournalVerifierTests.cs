using OpsConsole.Domain.Cord;
using OpsConsole.Web.Journal;

namespace OpsConsole.Tests.Journal;

public sealed class JournalVerifierTests : IAsyncLifetime
{
    private readonly JournalFolder _folder = new();
    private byte[] _whole = [];

    public async Task InitializeAsync()
    {
        await using (var journal = _folder.Open())
        {
            await _folder.AppendAsync(journal, "cord", 0, 12);
            await _folder.Append(journal, "fleet/eu-west-1", 0, "k-1", new SecondPersonSet(true));
            await _folder.AppendAsync(journal, "cord", 12, 7);
        }

        _whole = File.ReadAllBytes(_folder.Options.Database);
    }

    [Theory]
    [InlineData("stream = 'dord'")]
    [InlineData("version = version + 256")]
    [InlineData("type = 'cord.second-person-sev'")]
    [InlineData("at = at + 1")]
    [InlineData("actor = actor || 'x'")]
    [InlineData("reason = 'q99 doubled'")]
    [InlineData("reason = NULL")]
    [InlineData("cause = 'tack'")]
    [InlineData("key = 'l-1'")]
    [InlineData("payload = replace(payload, 'required', 'sequired')")]
    [InlineData("payload = payload || ' '")]
    [InlineData("hash = zeroblob(32)")]
    [InlineData("hash = x'00'")]
    public void A_changed_column_of_any_event_is_named(string change)
    {
        // The first, the one with a key, and the last.
        foreach (var sequence in new[] { 1, 13, 20 })
        {
            _folder.Sql($"UPDATE events SET {change} WHERE seq = {sequence}");
            Assert.Equal(sequence, _folder.Verify().Broken?.Sequence);
            Restore();
        }
    }

    [Fact]
    public void Every_single_byte_of_a_payload_and_of_a_hash_counts()
    {
        foreach (var (column, length) in new[] { ("payload", 16), ("hash", 32) })
        {
            for (var at = 1; at <= length; at++)
            {
                _folder.Sql($"UPDATE events SET {column} = CAST(substr(CAST({column} AS BLOB), 1, {at - 1}) || x'07' || substr(CAST({column} AS BLOB), {at + 1}) AS BLOB) WHERE seq = 9");
                Assert.Equal(9, _folder.Verify().Broken?.Sequence);
                Restore();
            }
        }
    }

    [Fact]
    public void A_deleted_event_is_named()
    {
        _folder.Sql("DELETE FROM events WHERE seq = 5");
        Assert.Equal(5, _folder.Verify().Broken?.Sequence);
    }

    [Fact]
    public void Two_swapped_events_are_named()
    {
        _folder.Sql("UPDATE events SET seq = 900 WHERE seq = 4; UPDATE events SET seq = 4 WHERE seq = 5; UPDATE events SET seq = 5 WHERE seq = 900;");
        Assert.Equal(4, _folder.Verify().Broken?.Sequence);
    }

    [Fact]
    public void A_cut_off_end_is_named_by_the_database_and_by_the_head_file()
    {
        _folder.Sql("DELETE FROM events WHERE seq > 18");
        Assert.Equal(19, _folder.Verify().Broken?.Sequence);
        _folder.Sql("UPDATE meta SET number = 18, hash = (SELECT hash FROM events WHERE seq = 18) WHERE name = 'head'");
        Assert.Equal(19, _folder.Verify().Broken?.Sequence);
        File.Delete(_folder.Options.HeadFile);
        Assert.Null(_folder.Verify().Broken);
    }

    [Fact]
    public void An_event_put_in_behind_the_end_is_named()
    {
        _folder.Sql("INSERT INTO events SELECT 21, stream, version + 1, type, at, actor, reason, cause, key, payload, hash FROM events WHERE seq = 20");
        Assert.Equal(21, _folder.Verify().Broken?.Sequence);
    }

    [Fact]
    public void A_page_of_the_file_that_is_overwritten_is_found()
    {
        var bytes = File.ReadAllBytes(_folder.Options.Database);
        var at = bytes.AsSpan().IndexOf("cord.second-person-set"u8);
        bytes[at + 3] ^= 1;
        File.WriteAllBytes(_folder.Options.Database, bytes);
        Assert.NotNull(_folder.Verify().Broken);
    }

    [Fact]
    public async Task It_works_while_the_console_runs()
    {
        await using var journal = _folder.Open();
        await _folder.AppendAsync(journal, "cord", 19, 5);
        Assert.Equal((25, null), (_folder.Verify().Events, _folder.Verify().Broken));
    }

    [Fact]
    public void The_verb_prints_the_last_hash_or_the_broken_event_and_says_so_in_its_exit_code()
    {
        var (code, text) = Run(null);
        var report = _folder.Verify();
        Assert.Equal(0, code);
        Assert.Contains($"20:{report.LastHash}", text, StringComparison.Ordinal);
        Assert.Equal(0, Run($"20:{report.LastHash}").Code);
        Assert.Equal(1, Run($"19:{report.LastHash}").Code);
        Assert.Equal(2, Run("nonsense").Code);

        _folder.Sql("UPDATE events SET actor = 'person:bob' WHERE seq = 3");
        (code, text) = Run(null);
        Assert.Equal(1, code);
        Assert.Contains("event 3 (cord.second-person-set of cord)", text, StringComparison.Ordinal);
        Assert.Equal(1, AuditVerb.Verify(Path.Combine(_folder.Path, "nowhere"), null, json: true, TextWriter.Null, default));
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private (int Code, string Text) Run(string? expect)
    {
        using var output = new StringWriter();
        return (AuditVerb.Verify(_folder.Path, expect, json: false, output, default), output.ToString());
    }

    private void Restore() => File.WriteAllBytes(_folder.Options.Database, _whole);
}
