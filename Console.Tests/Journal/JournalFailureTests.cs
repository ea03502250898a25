using System.Diagnostics;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Tests.Journal;

public sealed class JournalFailureTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public async Task A_locked_database_refuses_commands_loses_nothing_and_recovers_by_itself()
    {
        await using var journal = _folder.Open(_folder.Options with { LockTimeout = TimeSpan.FromMilliseconds(20) });
        var states = new StreamStates(JournalFolder.Families);
        var path = new CommandPath(journal, states, [], _folder.Clock);
        var ada = Actor.Person("ada", Role.Admin);
        Assert.True((await path.SendAsync(new(new PullCord(Scope.Global, CordMode.ReadOnly), ada))).Accepted);

        using (var other = _folder.Connect())
        {
            using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN EXCLUSIVE";
            hold.ExecuteNonQuery();
            var refused = await path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), ada));
            Assert.Equal((RejectionKind.Unavailable, "journal.locked"), (refused.Rejection!.Kind, refused.Rejection.Code));
            Assert.Equal("journal.locked", (await path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), ada))).Rejection?.Code);
            Assert.Single(states.Get<CordState>(CordStreams.Only).InForce);
        }

        _folder.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), ada))).Accepted);
        Assert.Equal(2, states.Get<CordState>(CordStreams.Only).InForce.Length);
        Assert.Equal((2, null), (_folder.Verify().Events, _folder.Verify().Broken));
    }

    /// <summary>The disk is a file system of 2 MiB in memory where this user may mount one; elsewhere the database is bounded by max_page_count.</summary>
    [Fact]
    public async Task A_full_disk_refuses_whole_commits_and_recovers_when_there_is_space()
    {
        var disk = Path.Combine(_folder.Path, "disk");
        Directory.CreateDirectory(disk);
        var mounted = OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk) == 0;
        try
        {
            var ballast = Path.Combine(disk, "ballast");
            if (mounted)
            {
                File.WriteAllBytes(ballast, new byte[600_000]);
            }

            await using var journal = _folder.Open(new JournalOptions(disk) { MaxPages = mounted ? 0 : 300 });
            var acknowledged = 0;
            Rejection? refused = null;
            for (var i = 0; refused is null && i < 10_000; i++)
            {
                refused = await _folder.Append(journal, "cord", acknowledged, null, Large);
                acknowledged += refused is null ? 1 : 0;
            }

            Assert.Equal((RejectionKind.Unavailable, "journal.disk-full"), (refused?.Kind, refused?.Code));
            Assert.True(journal.Generation > 0);
            Assert.Equal((acknowledged, null), (new JournalVerifier(disk).Verify().Events, new JournalVerifier(disk).Verify().Broken));
            if (mounted)
            {
                File.Delete(ballast);
                _folder.Clock.Advance(TimeSpan.FromSeconds(3));
                Assert.Null(await _folder.Append(journal, "cord", acknowledged, null, Large));
                Assert.Equal((acknowledged + 1, null), (new JournalVerifier(disk).Verify().Events, new JournalVerifier(disk).Verify().Broken));
            }
        }
        finally
        {
            if (mounted)
            {
                await RunAsync("umount", disk);
            }
        }
    }

    [Fact]
    public async Task When_something_else_wrote_the_database_the_journal_stops_rather_than_forks()
    {
        await using var journal = _folder.Open();
        await _folder.AppendAsync(journal, "cord", 0, 3);
        _folder.Sql("UPDATE meta SET number = 7 WHERE name = 'head'");

        Assert.Equal("journal.broken", (await _folder.Append(journal, "cord", 3, null, new SecondPersonSet(true)))?.Code);
        _folder.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("journal.broken", (await _folder.Append(journal, "cord", 3, null, new SecondPersonSet(true)))?.Code);
        Assert.Equal(3, _folder.Number("SELECT COUNT(*) FROM events"));
    }

    public void Dispose() => _folder.Dispose();

    private static CordReleased Large => new("c-1", "person:ada", new string('x', 20_000), 1);

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
