using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Web.Bench;

/// <summary>Producers that append as fast as the journal takes it, each to a stream of its own with at most 2,048 appends unanswered (a producer waits for them by blocks of 1,024).</summary>
internal sealed class JournalLoadRun(TimeProvider clock, int producers)
{
    private const int Block = 1_024;
    private const int Blocks = 2;
    private readonly VisitsBegan[] _ready = [.. Enumerable.Range(100_000, 1_024).Select(i => Event(i))];
    private readonly long[] _versions = new long[producers];
    private readonly List<long> _latencies = [];
    private long _commits;
    private long _events;
    private long _lastCommit;

    /// <summary>Events of one commit, on average: appends told of in one go belong to one commit.</summary>
    public int MeanBatch => (int)Math.Max(1, _events / Math.Max(1, _commits));

    public async Task<TimeSpan> RunAsync(SqliteJournal journal, int events, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, producers).Select(producer => Task.Factory.StartNew(() => Produce(journal, producer, events / producers, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default))).ConfigureAwait(false);
        await journal.FlushAsync().ConfigureAwait(false);
        return clock.GetElapsedTime(started);
    }

    public TimeSpan Percentile(double share)
    {
        var sorted = _latencies.Order().ToArray();
        return TimeSpan.FromSeconds(sorted[(int)(share * (sorted.Length - 1))] / (double)clock.TimestampFrequency);
    }

    public void Forget()
    {
        _latencies.Clear();
        (_commits, _events) = (0, 0);
    }

    /// <summary>The event every row is made of: a visit as the fleet writes it.</summary>
    public static VisitsBegan Event(long number) =>
        new([new Visit($"v-{number}", "eu-west-1a-web-017", VisitPurpose.Forward, "web-2.41.7", "sha256:9f86d081884c7d65", "r-118", number, DateTimeOffset.UnixEpoch.AddSeconds(number), DateTimeOffset.UnixEpoch.AddSeconds(number + 600))]);

    public static StreamId Stream(int producer) => new($"fleet/region-{producer}");

    private void Produce(SqliteJournal journal, int producer, int events, CancellationToken cancel)
    {
        using var free = new SemaphoreSlim(Blocks);
        for (var i = 0; i < events; i++)
        {
            if (i % Block == 0)
            {
                free.Wait(cancel);
            }

            var last = i % Block == Block - 1 || i == events - 1;
            var queuedAt = clock.GetTimestamp();
            var append = new Append(Stream(producer), _versions[producer]++, [_ready[i % _ready.Length]], clock.GetUtcNow(), "engine", null, "tick", null)
            {
                OnCommitted = recorded =>
                {
                    Count(queuedAt, recorded[0].Sequence, journal.LastSequence);
                    if (last)
                    {
                        free.Release();
                    }
                },
                OnFailed = refused => throw new InvalidOperationException(refused.ToString()),
            };
            if (journal.Enqueue(append, journal.Generation) is { } refusal)
            {
                throw new InvalidOperationException(refusal.ToString());
            }
        }

        for (var i = 0; i < Blocks; i++)
        {
            free.Wait(cancel);
        }
    }

    /// <summary>Called on the journal's one thread.</summary>
    private void Count(long queuedAt, long sequence, long lastOfCommit)
    {
        _latencies.Add(clock.GetTimestamp() - queuedAt);
        _events++;
        if (lastOfCommit != _lastCommit && sequence <= lastOfCommit)
        {
            _lastCommit = lastOfCommit;
            _commits++;
        }
    }
}
