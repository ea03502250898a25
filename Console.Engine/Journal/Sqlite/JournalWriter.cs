using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>The one thread that writes the database: commits what is queued, tells the senders, and between commits runs small jobs (snapshots, retention).</summary>
internal sealed partial class JournalWriter : IDisposable
{
    private const int MaxJobs = 4_096;

    /// <summary>After a commit of so many appends the next one begins no sooner than <see cref="Gather"/> after it began: more in each, and fewer pages written twice.</summary>
    private const int Many = 8;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan HeadFileEvery = TimeSpan.FromSeconds(1);

    private readonly JournalOptions _options;
    private readonly SqliteConnection _connection;
    private readonly JournalCommit _commit;
    private readonly LogFolding _folding;
    private readonly EarlyCollection _collection = new();
    private readonly AppendQueue _queue;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ConcurrentQueue<Job> _jobs = new();
    private readonly Thread _thread;
    private readonly ManualResetEvent _ending = new(false);
    private ChainHead _committed;
    private long _headWrittenAt;
    private volatile bool _closing;

    public JournalWriter(JournalOptions options, SqliteConnection connection, AppendQueue queue, ChainHead committed, TimeProvider clock, ILogger log)
    {
        (_options, _connection, _queue, _committed, _clock, _log) = (options, connection, queue, committed, clock, log);
        _commit = new(connection);
        _folding = new(connection, options);
        _headWrittenAt = clock.GetTimestamp();
        _thread = new(Loop) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>The last event on disk.</summary>
    public ChainHead Committed => Volatile.Read(ref _committed);

    /// <summary>Runs a job on the writer's thread, between two commits. It fails where the job throws, 4,096 jobs wait or the journal is closed.</summary>
    public Task RunAsync(Action<SqliteConnection> work) => RunAsync(new Job(work, 0, new(TaskCreationOptions.RunContinuationsAsynchronously)));

    /// <summary>Returns when all that is queued now has been committed or refused.</summary>
    public Task FlushAsync() => RunAsync(new Job(_ => { }, _queue.LastSequence, new(TaskCreationOptions.RunContinuationsAsynchronously)));

    private Task RunAsync(Job job)
    {
        if (_closing || _jobs.Count >= MaxJobs)
        {
            return Task.FromException(new JournalException("The journal is closing or has too much to do."));
        }

        _jobs.Enqueue(job);
        _queue.Wake.Set();
        return job.Done.Task;
    }

    /// <summary>Writes what is queued, runs the jobs that wait, and ends.</summary>
    public void Dispose()
    {
        _queue.Close();
        _closing = true;
        _ending.Set();
        _queue.Wake.Set();
        _thread.Join();
        _ending.Dispose();
        HeadFile.Write(_options.HeadFile, _committed);
        _commit.Dispose();
        _folding.Dispose();
        _connection.Dispose();
    }

    private void Loop()
    {
        var batch = new List<QueuedAppend>();
        while (true)
        {
            var last = _closing;
            for (var began = _clock.GetTimestamp(); CommitNext(batch) | RunNextJob(); began = _clock.GetTimestamp())
            {
                if (batch.Count >= Many && Gather - _clock.GetElapsedTime(began) is { Ticks: > 0 } left)
                {
                    _ending.WaitOne(left);
                }
            }

            if (last)
            {
                return;
            }

            if (!_closing)
            {
                _queue.Wake.WaitOne();
            }
        }
    }

    private bool CommitNext(List<QueuedAppend> batch)
    {
        batch.Clear();
        if (_queue.Take(batch) is not { } after)
        {
            return false;
        }

        try
        {
            var began = _clock.GetTimestamp();
            _commit.Write(batch, _committed, after);
            EngineMeter.Commit.Record(_clock.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (Exception e)
        {
            Fail(batch, e);
            return true;
        }

        var events = (int)(after.Sequence - _committed.Sequence);
        Volatile.Write(ref _committed, after);
        _queue.Succeeded();
        foreach (var queued in batch)
        {
            Tell(queued, null);
        }

        _folding.Committed();
        _collection.Committed(events);
        if (_clock.GetElapsedTime(_headWrittenAt) >= HeadFileEvery)
        {
            HeadFile.Write(_options.HeadFile, after);
            _headWrittenAt = _clock.GetTimestamp();
        }

        return true;
    }

    private void Fail(List<QueuedAppend> batch, Exception e)
    {
        LogFailed(e, _committed.Sequence, batch.Count);
        var why = JournalRefusals.Of(e);
        var lost = _queue.Fail(_committed, why);
        foreach (var queued in batch.Concat(lost))
        {
            Tell(queued, why);
        }
    }

    private bool RunNextJob()
    {
        if (!_jobs.TryPeek(out var job) || (job.After > _committed.Sequence && !_queue.IsEmpty) || !_jobs.TryDequeue(out job))
        {
            return false;
        }

        try
        {
            job.Work(_connection);
            job.Done.SetResult();
        }
        catch (Exception e)
        {
            job.Done.SetException(e);
        }

        return true;
    }

    /// <summary>A callback that throws is a bug of its owner; the commit stands, and the others must still be told.</summary>
    private void Tell(QueuedAppend queued, Rejection? failed)
    {
        try
        {
            if (failed is null)
            {
                queued.Append.OnCommitted(queued.ToRecorded());
            }
            else
            {
                queued.Append.OnFailed(failed);
            }
        }
        catch (Exception e)
        {
            LogCallbackFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the journal could not be written after event {Sequence}; {Appends} appends are refused")]
    private partial void LogFailed(Exception e, long sequence, int appends);

    [LoggerMessage(Level = LogLevel.Error, Message = "a callback of a commit threw; the commit stands")]
    private partial void LogCallbackFailed(Exception e);

    /// <param name="After">The event that must have been committed or refused first.</param>
    private sealed record Job(Action<SqliteConnection> Work, long After, TaskCompletionSource Done);
}
