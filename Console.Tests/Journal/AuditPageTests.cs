using OpsConsole.Domain.Cord;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Tests.Journal;

public sealed class AuditPageTests : IAsyncLifetime
{
    private readonly JournalFolder _folder = new();
    private SqliteJournal _journal = null!;

    public async Task InitializeAsync()
    {
        _journal = _folder.Open();
        await _folder.AppendAsync(_journal, "cord", 0, 30);
        await _folder.AppendAsync(_journal, "fleet/eu-west-1", 0, 10);
        await _folder.AppendAsync(_journal, "fleet/eu-west-2", 0, 10);
        await _folder.Append(_journal, "fleet/us-east-1", 0, null, new CordReleased("c-77", "person:bob", "Disk Mended", 1));
    }

    [Fact]
    public async Task Pages_go_back_from_the_newest_and_say_where_the_next_begins()
    {
        var first = await ReadAsync(new(Take: 20));
        Assert.Equal((51L, 32L, 32L), (first[0].Sequence, first[^1].Sequence, first.Next));
        var last = await ReadAsync(new(Before: 12, Take: 20));
        Assert.Equal((11, null), (last.Count, last.Next));
    }

    [Theory]
    [InlineData("fleet/eu-west-1", 10)]
    [InlineData("fleet/eu", 20)]
    [InlineData("fleet/", 21)]
    [InlineData("leet", 0)]
    public async Task A_stream_is_found_by_how_its_name_begins(string prefix, int count)
    {
        var page = await ReadAsync(new(Stream: prefix, Take: 50));
        Assert.Equal(count, page.Count);
        Assert.Equal(page.Select(one => one.Sequence).OrderDescending(), page.Select(one => one.Sequence));
    }

    [Theory]
    [InlineData("person:ada", 19)]
    [InlineData("engine", 32)]
    [InlineData("person:nobody", 0)]
    public async Task An_actor_is_found_by_the_whole_id(string actor, int count)
    {
        Assert.Equal(count, (await ReadAsync(new(Actor: actor, Take: 50))).Count);
        Assert.Equal(actor == "engine" ? 20 : actor == "person:ada" ? 10 : 0, (await ReadAsync(new(Stream: "cord", Actor: actor, Take: 50))).Count);
    }

    [Theory]
    [InlineData("disk mended", 1)]
    [InlineData("RELEASED", 1)]
    [InlineData("P99 doubled", 50)]
    [InlineData("100%", 0)]
    public async Task Text_is_found_in_type_reason_and_payload(string text, int count) => Assert.Equal(count, (await ReadAsync(new(Text: text, Take: 50))).Count);

    [Fact]
    public async Task No_page_is_longer_than_500() => Assert.Equal(51, (await ReadAsync(new(Take: int.MaxValue))).Count);

    public async Task DisposeAsync()
    {
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    private Task<AuditPage> ReadAsync(AuditQuery query) => _journal.ReadBackAsync(query, CancellationToken.None);
}
