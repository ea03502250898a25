using System.Collections.Immutable;
using System.Threading.Channels;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>Appends records to segments: one writer, and one flush for all puts that wait for it. What is acknowledged is on disk.</summary>
internal sealed class ShardLog : IAsyncDisposable
{
    private readonly ShardStoreOptions _options;
    private readonly ShardIndex _index;
    private readonly LateWrites? _late;
    private readonly PatientDisk _disk;
    private readonly Channel<Pending> _queue;
    private readonly Task _writer;
    private ImmutableList<Segment> _segments;

    /// <param name="late">Planted: acknowledges before it writes.</param>
    public ShardLog(ShardStoreOptions options, ShardIndex index, ImmutableList<Segment> segments, PatientDisk disk, LateWrites? late)
    {
        (_options, _index, _segments, _disk, _late) = (options, index, segments, disk, late);
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.MostTogether) { SingleReader = true });
        _writer = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>In the order of their numbers; the last is written to.</summary>
    public ImmutableList<Segment> Segments => Volatile.Read(ref _segments);

    public long UsedBytes => Segments.Sum(segment => segment.Length);

    /// <summary>Flushes since the start: fewer than puts where puts came together.</summary>
    public long Flushes { get; private set; }

    /// <summary>Why nothing can be written any more; null where all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Done when the record is on disk and the index names it.</summary>
    public async Task AppendAsync(Shard shard, CancellationToken cancel)
    {
        var pending = new Pending(shard, ShardRecord.Pack(shard), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _late?.Add(shard);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancel).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new IOException(Failure ?? "the host is ending");
        }

        if (_late is not null)
        {
            return;
        }

        await pending.Done.Task.ConfigureAwait(false);
    }

    /// <summary>A shard a planted fault has acknowledged and not written.</summary>
    public Shard? Unwritten(ShardName name) => _late?.Find(name);

    /// <summary>Takes a closed segment that the index no longer names off the disk.</summary>
    public void Drop(Segment segment)
    {
        ImmutableInterlocked.Update(ref _segments, segments => segments.Remove(segment));
        segment.Delete();
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
        foreach (var segment in Segments)
        {
            segment.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Pending>(_options.MostTogether);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < _options.MostTogether && _queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            if (_late is not null)
            {
                await _late.WaitAsync().ConfigureAwait(false);
            }

            try
            {
                Write(batch);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What a failed flush left on disk is not known; a host that goes on after one may acknowledge what it has not got.
                Failure = e.Message;
                batch.ForEach(pending => pending.Done.TrySetException(new IOException(e.Message, e)));
                await RefuseAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    private void Write(List<Pending> batch)
    {
        var segment = Segments[^1];
        if (segment.Length >= _options.SegmentBytes)
        {
            segment = Segment.Open(_options.Folder, segment.Number + 1, _disk);
            Store.DurableFile.FlushFolder(_options.Folder);
            ImmutableInterlocked.Update(ref _segments, segments => segments.Add(segment));
        }

        var at = segment.Length;
        segment.Append([.. batch.Select(pending => (ReadOnlyMemory<byte>)pending.Record)]);
        segment.Flush();
        Flushes++;
        foreach (var pending in batch)
        {
            _index.Set(pending.Shard.Name, new ShardPlace(segment, at, pending.Shard.Group, pending.Shard.Bytes.Length, pending.Shard.Crc));
            at += pending.Record.Length;
            pending.Done.TrySetResult();
            _late?.Remove(pending.Shard.Name);
        }
    }

    private async Task RefuseAsync()
    {
        _queue.Writer.TryComplete();
        await foreach (var pending in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            pending.Done.TrySetException(new IOException(Failure));
        }
    }

    private sealed record Pending(Shard Shard, byte[] Record, TaskCompletionSource Done);
}
