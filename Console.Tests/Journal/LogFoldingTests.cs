using Microsoft.Data.Sqlite;

namespace OpsConsole.Tests.Journal;

public sealed class LogFoldingTests : IDisposable
{
    private const int Commits = 600;
    private readonly JournalFolder _folder = new();

    [Fact]
    public async Task The_log_is_folded_beside_the_commits_and_begins_anew_while_they_go_on()
    {
        var unfolded = await LogAfterAsync(int.MaxValue, 0);
        var folded = await LogAfterAsync(50, Commits);
        Assert.True(folded * 4 < unfolded, $"{folded} bytes with folding, {unfolded} without");
        Assert.Equal(2 * Commits, (await ReadAsync()).Count);
        Assert.Null(_folder.Verify().Broken);
    }

    [Fact]
    public async Task A_reader_that_stays_holds_up_the_log_and_no_commit_and_after_it_the_log_grows_no_further()
    {
        await using var journal = _folder.Open(_folder.Options with { FoldEvery = 50 });
        await CommitAsync(journal, 0);
        await using var reader = new SqliteConnection($"Data Source={_folder.Options.Database};Mode=ReadOnly;Pooling=False");
        await reader.OpenAsync();
        await using (var reading = reader.BeginTransaction(deferred: true))
        {
            await using var count = reader.CreateCommand();
            (count.Transaction, count.CommandText) = (reading, "SELECT count(*) FROM events");
            Assert.Equal((long)Commits, await count.ExecuteScalarAsync());
            var before = Log;
            await CommitAsync(journal, Commits);
            Assert.True(Log > before);
            Assert.Equal((long)Commits, await count.ExecuteScalarAsync());
        }

        var grown = Log;
        await CommitAsync(journal, 2 * Commits);
        await CommitAsync(journal, 3 * Commits);
        Assert.InRange(Log, 0, grown + (1 << 20));
    }

    public void Dispose() => _folder.Dispose();

    private long Log => new FileInfo(_folder.Options.Database + "-wal").Length;

    private async Task<long> LogAfterAsync(int foldEvery, int after)
    {
        await using var journal = _folder.Open(_folder.Options with { FoldEvery = foldEvery });
        await CommitAsync(journal, after);
        return Log;
    }

    private async Task CommitAsync(Engine.Journal.Sqlite.SqliteJournal journal, int after)
    {
        for (var i = 0; i < Commits; i++)
        {
            Assert.All(await _folder.AppendAsync(journal, "cord", after + i, 1), Assert.Null);
        }
    }

    private async Task<List<Engine.Journal.Loaded>> ReadAsync()
    {
        await using var journal = _folder.Open();
        return await JournalFolder.LoadAsync(journal);
    }
}
