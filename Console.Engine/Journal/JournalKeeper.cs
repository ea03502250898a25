using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Engine.Journal;

/// <summary>Looks after the journal on disk: retention every ten minutes, and at a clean end a snapshot of every stream that has moved on since its last.</summary>
public sealed partial class JournalKeeper(SqliteJournal journal, StreamStates states, TimeProvider clock, ILogger<JournalKeeper> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await TakeSnapshotsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Snapshots of all streams that moved on; stops where the time for the shutdown is over, since they are only a short cut.</summary>
    public async Task TakeSnapshotsAsync(CancellationToken cancel)
    {
        try
        {
            await journal.FlushAsync().ConfigureAwait(false);
            foreach (var slot in states.Slots)
            {
                var committed = slot.Committed;
                if (committed.Version > slot.SnapshotVersion && !cancel.IsCancellationRequested)
                {
                    await journal.SaveSnapshotAsync(slot.Stream, committed.Version, committed.State).ConfigureAwait(false);
                    slot.SnapshotVersion = committed.Version;
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogSnapshotsFailed(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await journal.KeepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogKeepFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "retention of the journal failed; nothing was deleted, it is tried again in ten minutes")]
    private partial void LogKeepFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "snapshots at the end were not written; the next start folds more events instead")]
    private partial void LogSnapshotsFailed(Exception e);
}
