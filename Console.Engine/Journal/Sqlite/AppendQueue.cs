using System.Globalization;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal.Sqlite;

/// <summary>
/// The bounded queue between senders and the writer. Sequence and hash are given here, under one lock, so that the chain's order is the queue's;
/// the writer is left with nothing but the inserts. When a commit fails, all that is queued is void, and the chain falls back to what is on disk.
/// </summary>
internal sealed class AppendQueue(JournalOptions options, ChainHead committed, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<QueuedAppend> _queue = new();
    private readonly byte[] _lastHash = [.. committed.Hash];
    private long _lastSequence = committed.Sequence;
    private int _events;
    private long _bytes;
    private bool _closed;
    private int _failures;
    private long _failedAt;
    private Rejection? _failure;
    private long _generation;

    public AutoResetEvent Wake { get; } = new(false);

    public long Generation => Volatile.Read(ref _generation);

    /// <summary>The sequence given out last, committed or not.</summary>
    public long LastSequence
    {
        get
        {
            lock (_gate)
            {
                return _lastSequence;
            }
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count == 0;
            }
        }
    }

    public Rejection? Add(QueuedAppend append, long generation)
    {
        lock (_gate)
        {
            if (Refusal(append, generation) is { } refusal)
            {
                return refusal;
            }

            append.Seal(_lastSequence, _lastHash);
            _lastSequence = append.LastSequence;
            _queue.Enqueue(append);
            _events += append.Events.Length;
            _bytes += append.Bytes;
            if (_queue.Count == 1)
            {
                Wake.Set();
            }

            return null;
        }
    }

    /// <summary>Moves the next commit's appends into <paramref name="batch"/>; returns the chain's head after them.</summary>
    public ChainHead? Take(List<QueuedAppend> batch)
    {
        lock (_gate)
        {
            var taken = 0;
            while (_queue.TryPeek(out var next) && (batch.Count == 0 || taken + next.Events.Length <= options.MaxEventsPerCommit))
            {
                batch.Add(_queue.Dequeue());
                taken += next.Events.Length;
                _events -= next.Events.Length;
                _bytes -= next.Bytes;
            }

            return batch.Count == 0 ? null : new(batch[^1].LastSequence, batch[^1].Events[^1].Hash.ToArray());
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            (_failure, _failures) = (null, 0);
        }
    }

    /// <summary>Raises the generation and hands back all that was queued: it is to be refused, in this order.</summary>
    public QueuedAppend[] Fail(ChainHead onDisk, Rejection why)
    {
        lock (_gate)
        {
            QueuedAppend[] lost = [.. _queue];
            _queue.Clear();
            (_events, _bytes, _lastSequence) = (0, 0, onDisk.Sequence);
            onDisk.Hash.CopyTo(_lastHash, 0);
            (_failure, _failedAt) = (why, clock.GetTimestamp());
            _failures++;
            Volatile.Write(ref _generation, _generation + 1);
            return lost;
        }
    }

    /// <summary>Takes no more; what is queued is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        Wake.Set();
    }

    public void Dispose() => Wake.Dispose();

    private Rejection? Refusal(QueuedAppend append, long generation)
    {
        if (_closed)
        {
            return JournalRefusals.Closed;
        }

        if (_failure is { } failure && (failure.Code == JournalRefusals.BrokenCode || clock.GetElapsedTime(_failedAt) < Pause))
        {
            return failure;
        }

        if (generation != _generation)
        {
            return _failure ?? JournalRefusals.Overtaken;
        }

        // One append larger than the whole bound still goes when it is alone.
        var full = _queue.Count > 0 && (_events + append.Events.Length > options.MaxQueuedEvents || _bytes + append.Bytes > options.MaxQueuedBytes);
        return full ? JournalRefusals.Full.With("queued", _events.ToString(CultureInfo.InvariantCulture)) : null;
    }

    private TimeSpan Pause => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_failures - 1, 10)));
}
