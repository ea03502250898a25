using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Journal;

/// <summary>Databases this version cannot use: a clear error that names the file, and not a byte changed.</summary>
public sealed class FutureJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Theory]
    [InlineData("PRAGMA user_version = 99", "schema 99")]
    [InlineData("INSERT INTO types VALUES('rollouts.teleported')", "rollouts.teleported")]
    [InlineData("PRAGMA application_id = 7", "not a journal")]
    public async Task A_database_from_elsewhere_is_refused_and_left_as_it_is(string change, string says)
    {
        await using (var journal = _folder.Open())
        {
            await _folder.AppendAsync(journal, "cord", 0, 10);
        }

        _folder.Sql(change);
        var before = File.ReadAllBytes(_folder.Options.Database);
        var refused = Assert.Throws<JournalException>(() => _folder.Open());

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Options.Database, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.Options.Database));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(_folder.Options.Database, new string('x', 5_000));
        Assert.Contains(_folder.Options.Database, Assert.Throws<JournalException>(() => _folder.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5_000), File.ReadAllText(_folder.Options.Database));
    }

    [Fact]
    public async Task An_older_copy_is_noticed_by_the_head_file_and_accepted_once_that_is_deleted()
    {
        await using (var journal = _folder.Open())
        {
            await _folder.AppendAsync(journal, "cord", 0, 10);
        }

        var older = File.ReadAllBytes(_folder.Options.Database);
        await using (var journal = _folder.Open())
        {
            await _folder.AppendAsync(journal, "cord", 10, 10);
        }

        File.WriteAllBytes(_folder.Options.Database, older);
        Assert.Equal(11, _folder.Verify().Broken?.Sequence);
        Assert.Contains("older copy", Assert.Throws<JournalException>(() => _folder.Open()).Message, StringComparison.Ordinal);
        File.Delete(_folder.Options.HeadFile);
        await using var restored = _folder.Open();
        Assert.Equal(10, restored.LastSequence);
    }

    public void Dispose() => _folder.Dispose();
}
