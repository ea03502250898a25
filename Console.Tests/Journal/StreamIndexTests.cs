using OpsConsole.Domain.Cord;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Tests.Journal;

public sealed class StreamIndexTests : IDisposable
{
    private const int Streams = 7;
    private readonly JournalFolder _folder = new();

    [Fact]
    public async Task Every_event_is_found_by_its_stream_indexed_or_not_yet()
    {
        await using var journal = _folder.Open();
        var each = 0;
        foreach (var more in (int[])[1, 60, 20, 100, 3])
        {
            await Task.WhenAll(Enumerable.Range(0, Streams).Select(n => _folder.AppendAsync(journal, $"fleet/r{n}", each, more)));
            each += more;
            for (var n = 0; n < Streams; n++)
            {
                var page = await journal.ReadBackAsync(new AuditQuery { Stream = $"fleet/r{n}", Take = 500 }, default);
                Assert.Equal(Enumerable.Range(1, each).Reverse().Select(version => (long)version), page.Select(one => one.Version));
            }

            Assert.InRange(Waiting(), 0, StreamIndex.Most - 1);
            Assert.Null(_folder.Verify().Broken);
        }

        Assert.True(Waiting() > 0 && _folder.Number("SELECT COUNT(*) FROM by_stream") > 0);
    }

    [Fact]
    public async Task Whoever_opens_the_journal_finds_all_indexed()
    {
        await WriteAsync(40);
        await using var journal = _folder.Open();
        Assert.Equal((0, 40), (Waiting(), _folder.Number("SELECT COUNT(*) FROM by_stream")));
        Assert.Equal(40, (await JournalFolder.LoadAsync(journal)).Count);
    }

    [Fact]
    public async Task A_journal_of_the_first_schema_is_taken_over_whole()
    {
        await WriteAsync(40);
        _folder.Sql("DROP VIEW stream_versions; DROP TABLE by_stream; DELETE FROM meta WHERE name = 'indexed'; CREATE UNIQUE INDEX events_by_stream ON events(stream, version); PRAGMA user_version = 1");
        await using var journal = _folder.Open();
        Assert.Equal((0, 40), (Waiting(), _folder.Number("SELECT COUNT(*) FROM by_stream")));
        Assert.Null(await _folder.Append(journal, "cord", 40, null, new SecondPersonSet(true)));
        Assert.Equal(41, (await journal.ReadBackAsync(new AuditQuery { Stream = "cord", Take = 500 }, default)).Count);
        Assert.Null(_folder.Verify().Broken);
    }

    [Theory]
    [InlineData(39)]
    [InlineData(41)]
    public async Task What_does_not_go_on_from_the_last_event_that_waits_is_refused_and_nothing_of_it_is_on_disk(long after)
    {
        await using var journal = _folder.Open();
        await _folder.AppendAsync(journal, "cord", 0, 40);
        Assert.Equal("journal.broken", (await _folder.Append(journal, "cord", after, null, new SecondPersonSet(true)))?.Code);
        Assert.Equal(40, _folder.Number("SELECT COUNT(*) FROM events"));
    }

    [Fact]
    public async Task What_would_take_an_indexed_event_s_place_is_refused()
    {
        await WriteAsync(40);
        await using var journal = _folder.Open();
        Assert.Equal("journal.broken", (await _folder.Append(journal, "cord", 39, null, new SecondPersonSet(true)))?.Code);
        Assert.Equal(40, _folder.Number("SELECT COUNT(*) FROM events"));
    }

    [Fact]
    public async Task An_event_that_its_stream_has_lost_is_named()
    {
        await WriteAsync(40);
        await _folder.Open().DisposeAsync();
        _folder.Sql("DELETE FROM by_stream WHERE version = 7");
        Assert.Equal(7, _folder.Verify().Broken?.Sequence);
    }

    [Fact]
    public async Task What_moves_into_the_archive_leaves_the_index()
    {
        await using var journal = _folder.Open(_folder.Options with { KeepEvents = 30, KeepFor = TimeSpan.FromHours(1), EventsPerSegment = 25 });
        await _folder.AppendAsync(journal, "cord", 0, 600);
        _folder.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(22, await journal.KeepAsync(default));
        Assert.Equal(0, _folder.Number("SELECT COUNT(*) FROM by_stream WHERE seq NOT IN (SELECT seq FROM events)"));
        Assert.Equal(600, (await journal.ReadBackAsync(new AuditQuery { Stream = "cord", Take = 500 }, default))[0].Version);
        Assert.Null(_folder.Verify().Broken);
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync(int events)
    {
        await using var journal = _folder.Open();
        Assert.All(await _folder.AppendAsync(journal, "cord", 0, events), Assert.Null);
    }

    private long Waiting() => _folder.Number("SELECT (SELECT MAX(seq) FROM events) - (SELECT number FROM meta WHERE name = 'indexed')");
}
