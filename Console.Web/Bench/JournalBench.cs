using System.CommandLine;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Web.Bench;

/// <summary>
/// <c>bench journal</c>: events through the whole journal (JSON, hash chain, queue, several producers, durable group commits) against plain inserts of
/// the same rows into plain SQLite, with the same pragmas and as many rows a commit, in turns within one run. Neither is charged for making up the events.
/// </summary>
internal static class JournalBench
{
    private const int Rounds = 7;
    private static readonly Option<int> Events = new("--events") { Description = "Events in all.", DefaultValueFactory = _ => 400_000 };
    private static readonly Option<int> Producers = new("--producers") { Description = "Threads that append.", DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 2, 4) };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where to write; on the disk to be measured.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };

    public static Command Create() =>
        BenchVerb.Bench("journal", "Events a second through the journal, against plain SQLite.", [Events, Producers, Folder], async (parsed, cancel) =>
        {
            var folder = Path.Combine(parsed.GetValue(Folder)!.FullName, $"opsconsole-bench-{Environment.ProcessId}");
            Directory.CreateDirectory(folder);
            try
            {
                return await RunAsync(folder, Math.Clamp(parsed.GetValue(Events), 1_000, 100_000_000), Math.Clamp(parsed.GetValue(Producers), 1, 64), cancel).ConfigureAwait(false);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });

    private static async Task<BenchReport> RunAsync(string folder, int events, int producers, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var load = new JournalLoadRun(clock, producers);
        await using var journal = new SqliteJournal(new JournalOptions(folder), [], clock);
        using var plain = new PlainSqlite(Path.Combine(folder, "plain.db"));
        await load.RunAsync(journal, events / 20, cancel).ConfigureAwait(false);
        plain.Insert(events / 20, 1_024, clock);
        load.Forget();

        // The median of the rounds: whatever else the machine does for a moment counts in one round only.
        var (journalTook, plainTook) = (new TimeSpan[Rounds], new TimeSpan[Rounds]);
        var share = events / Rounds;
        for (var round = 0; round < Rounds; round++)
        {
            journalTook[round] = await load.RunAsync(journal, share, cancel).ConfigureAwait(false);
            plainTook[round] = plain.Insert(share, load.MeanBatch, clock);
        }

        var total = (double)share * Rounds;
        return new("journal", new Dictionary<string, double>
        {
            ["events_per_s"] = Math.Round(BenchReport.Median(journalTook.Select(took => share / took.TotalSeconds))),
            ["raw_events_per_s"] = Math.Round(BenchReport.Median(plainTook.Select(took => share / took.TotalSeconds))),
            ["ratio"] = Math.Round(BenchReport.Median(journalTook.Zip(plainTook, (journal, raw) => raw / journal)), 3),
            ["p99_ms"] = Math.Round(load.Percentile(0.99).TotalMilliseconds, 2),
            ["p50_ms"] = Math.Round(load.Percentile(0.5).TotalMilliseconds, 2),
            ["events_per_commit"] = load.MeanBatch,
            ["payload_bytes"] = PlainSqlite.PayloadBytes,
            ["events"] = total,
        });
    }
}
