using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Journal;

/// <summary>A data folder of its own, thrown away afterwards, and short words for what these tests do with a journal.</summary>
internal sealed class JournalFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("journal-").FullName;

    public ManualClock Clock { get; } = new();

    public JournalOptions Options => new(Path);

    public static StreamFamily[] Families =>
        [new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()), new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider())];

    public SqliteJournal Open(JournalOptions? options = null) => new(options ?? Options, Families, Clock);

    public JournalReport Verify() => new JournalVerifier(Path).Verify();

    /// <summary>Appends events to one stream, one append each, and waits for the answers.</summary>
    public async Task<Rejection?[]> AppendAsync(SqliteJournal journal, string stream, long after, int count, string? key = null) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Append(journal, stream, after + i, key, new SecondPersonSet(i % 2 == 0))));

    public Task<Rejection?> Append(SqliteJournal journal, string stream, long after, string? key, params ImmutableArray<IEvent> events)
    {
        var answer = new TaskCompletionSource<Rejection?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var append = new Append(new(stream), after, events, Clock.GetUtcNow(), after % 3 == 0 ? "person:ada" : "engine", "p99 doubled", "tick", key)
        {
            OnCommitted = _ => answer.SetResult(null),
            OnFailed = answer.SetResult,
        };
        return journal.Enqueue(append, journal.Generation) is { } refused ? Task.FromResult<Rejection?>(refused) : answer.Task;
    }

    /// <summary>Everything the journal would give an engine at start.</summary>
    public static async Task<List<Loaded>> LoadAsync(SqliteJournal journal)
    {
        var all = new List<Loaded>();
        await foreach (var loaded in journal.LoadAsync(CancellationToken.None))
        {
            all.Add(loaded);
        }

        return all;
    }

    public void Sql(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public long Number(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Options.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
