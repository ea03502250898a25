using OpsConsole.Domain.Cord;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Tests.Journal;

public sealed class JournalArchiveTests : IAsyncLifetime
{
    private readonly JournalFolder _folder = new();

    private JournalOptions Small => _folder.Options with { KeepEvents = 30, KeepFor = TimeSpan.FromHours(1), EventsPerSegment = 25 };

    /// <summary>75 events archived in three segments, 45 in the database.</summary>
    public async Task InitializeAsync()
    {
        await using var journal = _folder.Open(Small);
        await _folder.AppendAsync(journal, "cord", 0, 60);
        await _folder.AppendAsync(journal, "fleet/eu-west-1", 0, 60);
        Assert.Equal(0, await journal.KeepAsync(default));
        _folder.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(3, await journal.KeepAsync(default));
    }

    [Fact]
    public async Task Old_events_move_into_segments_and_all_verifies_as_one_chain()
    {
        Assert.Equal(45, _folder.Number("SELECT COUNT(*) FROM events"));
        Assert.Equal(3, Directory.GetFiles(_folder.Options.ArchiveFolder).Length);
        var report = _folder.Verify();
        Assert.Equal((120, 75, null), (report.Events, report.Archived, report.Broken));

        await using var journal = _folder.Open(Small);
        Assert.Null(await _folder.Append(journal, "cord", 60, null, new SecondPersonSet(true)));
        Assert.Null(_folder.Verify().Broken);
    }

    [Fact]
    public async Task A_start_folds_to_the_same_state_without_the_archived_events()
    {
        await using var journal = _folder.Open(Small);
        var states = new StreamStates(JournalFolder.Families);
        await new CommandPath(journal, states, [], _folder.Clock).LoadAsync(default);

        Assert.Equal((60, 60), (states.VersionOf(CordStreams.Only), states.VersionOf(new("fleet/eu-west-1"))));
        Assert.False(states.Get<CordState>(CordStreams.Only).SecondPerson);
    }

    [Fact]
    public async Task Where_no_snapshot_can_be_read_the_fold_takes_the_archive()
    {
        _folder.Sql("UPDATE snapshots SET state = zeroblob(7)");
        await using var journal = _folder.Open(Small);
        var loaded = await JournalFolder.LoadAsync(journal);

        Assert.Equal(Enumerable.Range(1, 120).Select(i => (long)i), loaded.Select(one => one.Event!.Sequence));
    }

    [Fact]
    public async Task Where_events_are_gone_for_good_the_start_says_so()
    {
        _folder.Sql("DELETE FROM snapshots");
        Directory.Delete(_folder.Options.ArchiveFolder, recursive: true);
        await using var journal = _folder.Open(Small);

        await Assert.ThrowsAnyAsync<Exception>(() => JournalFolder.LoadAsync(journal));
    }

    [Fact]
    public async Task The_audit_reads_on_into_the_archive()
    {
        await using var journal = _folder.Open(Small);
        var seen = new List<long>();
        AuditPage page;
        long? before = null;
        do
        {
            page = await journal.ReadBackAsync(new(before, Take: 50), default);
            seen.AddRange(page.Select(one => one.Sequence));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(1, 120).Reverse().Select(i => (long)i), seen);
        Assert.Equal([60L, 59], (await journal.ReadBackAsync(new(Stream: "cord", Take: 2), default)).Select(one => one.Sequence));
    }

    [Fact]
    public void A_byte_changed_anywhere_in_a_segment_is_found_and_the_event_or_the_segment_named()
    {
        var path = Directory.GetFiles(_folder.Options.ArchiveFolder).Order().ElementAt(1);
        var whole = File.ReadAllBytes(path);
        for (var at = 0; at < whole.Length; at += 7)
        {
            var changed = whole.ToArray();
            changed[at] ^= 0x10;
            File.WriteAllBytes(path, changed);
            Assert.InRange(_folder.Verify().Broken?.Sequence ?? 0, 26, 51);
        }

        File.WriteAllBytes(path, whole);
        Assert.Null(_folder.Verify().Broken);
    }

    [Fact]
    public void A_segment_that_is_gone_or_shortened_is_named()
    {
        var path = Directory.GetFiles(_folder.Options.ArchiveFolder).Order().First();
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        Assert.InRange(_folder.Verify().Broken?.Sequence ?? 0, 1, 26);
        File.Delete(path);
        Assert.Equal(1, _folder.Verify().Broken?.Sequence);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
