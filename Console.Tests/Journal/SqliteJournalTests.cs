using OpsConsole.Domain.Cord;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart_in_order_and_whole()
    {
        await using (var journal = _folder.Open())
        {
            Assert.All(await _folder.AppendAsync(journal, "cord", 0, 500), Assert.Null);
            Assert.All(await _folder.AppendAsync(journal, "fleet/eu-west-1", 0, 30), Assert.Null);
        }

        await using var again = _folder.Open();
        var events = (await JournalFolder.LoadAsync(again)).Select(loaded => loaded.Event!).ToArray();
        Assert.Equal(Enumerable.Range(1, 530).Select(i => (long)i), events.Select(one => one.Sequence));
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), events.Where(one => one.Stream.Value == "cord").Select(one => one.Version));
        Assert.Equal(new SecondPersonSet(true), events[0].Event);
        Assert.Equal(("person:ada", "p99 doubled", "tick", _folder.Clock.GetUtcNow()), (events[0].Actor, events[0].Reason, events[0].Cause, events[0].At));
        Assert.Null(_folder.Verify().Broken);
    }

    [Fact]
    public async Task Many_senders_share_commits_and_are_answered_in_the_order_of_the_sequence()
    {
        await using var journal = _folder.Open();
        var told = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                var refused = journal.Enqueue(($"fleet/r{sender}", i), told);
                Assert.Null(refused);
            }
        })));
        await journal.FlushAsync();

        Assert.Equal(Enumerable.Range(1, 2_000).Select(i => (long)i), told);
        Assert.Null(_folder.Verify().Broken);
    }

    [Fact]
    public async Task A_killed_process_loses_nothing_that_was_acknowledged()
    {
        using var copy = new JournalFolder();
        await using var journal = _folder.Open();
        var acknowledged = 0L;
        for (var i = 0; i < 40; i++)
        {
            Assert.All(await _folder.AppendAsync(journal, "cord", i * 25, 25), Assert.Null);
            acknowledged = journal.LastSequence;
        }

        // What a kill -9 leaves: the files as they are, with nothing closed.
        foreach (var file in Directory.GetFiles(_folder.Path, "journal.db*"))
        {
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }

        Assert.Equal((acknowledged, null), (copy.Verify().Events, copy.Verify().Broken));
        await using var survivor = copy.Open();
        Assert.Equal(acknowledged, survivor.LastSequence);
        Assert.Null(await copy.Append(survivor, "cord", acknowledged, null, new SecondPersonSet(true)));
        Assert.Null(copy.Verify().Broken);
    }

    [Fact]
    public async Task A_second_console_on_the_same_folder_is_refused_until_the_first_is_gone()
    {
        await using (_folder.Open())
        {
            Assert.Contains("another console", Assert.Throws<JournalException>(() => _folder.Open()).Message, StringComparison.Ordinal);
        }

        await using var next = _folder.Open();
    }

    [Fact]
    public async Task Keys_outlive_a_restart_and_are_forgotten_after_their_time()
    {
        await using (var journal = _folder.Open())
        {
            Assert.Null(await _folder.Append(journal, "cord", 0, "k-1", new SecondPersonSet(true)));
        }

        await using var again = _folder.Open();
        Assert.Equal(new KeyedResult(CordStreams.Only, 1), again.FindKey("k-1"));
        _folder.Clock.Advance(TimeSpan.FromDays(7));
        await again.KeepAsync(default);
        Assert.NotNull(again.FindKey("k-1"));
        _folder.Clock.Advance(TimeSpan.FromDays(2));
        await again.KeepAsync(default);
        Assert.Null(again.FindKey("k-1"));
    }

    [Fact]
    public async Task A_full_queue_refuses_and_a_closed_journal_too()
    {
        var journal = _folder.Open(_folder.Options with { MaxQueuedEvents = 1 });
        using (var held = new ManualResetEventSlim())
        {
            using var started = new ManualResetEventSlim();
            var first = new JournalFolderAppend("cord", 0, () =>
            {
                started.Set();
                held.Wait();
            });
            Assert.Null(journal.Enqueue(first.Append, 0));
            started.Wait();
            var second = _folder.Append(journal, "cord", 1, null, new SecondPersonSet(true));
            Assert.Equal("journal.queue-full", (await _folder.Append(journal, "cord", 2, null, new SecondPersonSet(true)))?.Code);
            held.Set();
            Assert.Null(await second);
        }

        await journal.DisposeAsync();
        Assert.Equal("journal.closed", (await _folder.Append(journal, "cord", 2, null, new SecondPersonSet(true)))?.Code);
    }

    public void Dispose() => _folder.Dispose();
}
