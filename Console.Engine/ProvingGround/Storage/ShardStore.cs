using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>
/// The shards of one host on its disk. An acknowledged put survives any end of the process and of the machine's power. Nothing is deleted in place: a shard that is removed
/// or replaced is dead bytes until compaction rewrites its segment. A shard removed shortly before a crash may be back after it, and is removed again by the collector. What
/// probes put is no data, and ends with the process.
/// </summary>
internal sealed class ShardStore : IAsyncDisposable
{
    /// <summary>Corrupt shards remembered until they are replaced.</summary>
    private const int MostBad = 100_000;

    private readonly ShardStoreOptions _options;
    private readonly ShardIndex _index;
    private readonly ShardLog _log;
    private readonly ConcurrentDictionary<ShardName, bool> _bad = new();
    private long _shown = long.MaxValue;
    private long _corrupt;
    private volatile bool _refused;

    private ShardStore(ShardStoreOptions options, ShardIndex index, ShardLog log) => (_options, _index, _log) = (options, index, log);

    public ShardStoreOptions Options => _options;

    public int Shards => _index.Count;

    /// <summary>Shards and bytes without what probes put.</summary>
    public (int Shards, long Bytes) OfObjects => _index.OfObjects;

    public long UsedBytes => _log.UsedBytes;

    public long Flushes => _log.Flushes;

    /// <summary>Corrupt shards met since the start, by reads and scrub.</summary>
    public long CorruptFound => Interlocked.Read(ref _corrupt);

    /// <summary>A drill's pretence: as if the disk allotted were this small; null for what it is.</summary>
    public long? PretendMaxBytes
    {
        get => Interlocked.Read(ref _shown) is var shown && shown == long.MaxValue ? null : shown;
        set => Interlocked.Exchange(ref _shown, value ?? long.MaxValue);
    }

    public string? Trouble => _log.Failure is { } failure ? $"the disk failed: {failure}" : Full(0) || _refused ? "the disk allotted is full" : null;

    public IReadOnlyList<Segment> Segments => _log.Segments;

    /// <summary>Reads the heads of all records. A torn end is cut off; a damaged record in the middle is a lost shard, no reason to refuse.</summary>
    /// <param name="late">Planted: acknowledges puts so long before they are written; null for a good build.</param>
    /// <param name="disk">What drills make of the disk; null for one of its own.</param>
    public static ShardStore Open(ShardStoreOptions options, LateWrites? late = null, PatientDisk? disk = null)
    {
        disk ??= new PatientDisk();
        Directory.CreateDirectory(options.Folder);
        var index = new ShardIndex();
        var segments = Segment.NumbersIn(options.Folder).Select(number => Segment.Open(options.Folder, number, disk)).ToImmutableList();
        segments = segments.IsEmpty ? [Segment.Open(options.Folder, 1, disk)] : segments;
        foreach (var segment in segments)
        {
            Load(segment, index, last: segment == segments[^1]);
        }

        Store.DurableFile.FlushFolder(options.Folder);
        return new ShardStore(options, index, new ShardLog(options, index, segments, disk, late));
    }

    public async Task<ShardPut> PutAsync(Shard shard, CancellationToken cancel)
    {
        if (shard.Bytes.Length > Shard.MaxBytes || Crc32.Castagnoli(shard.Bytes.Span) != shard.Crc)
        {
            return ShardPut.Corrupt;
        }

        if (_index.TryGet(shard.Name, out _) && Read(shard.Name).State == ShardState.Good)
        {
            return ShardPut.Kept;
        }

        if (Full(ShardRecord.SizeOf(shard.Bytes.Length)))
        {
            _refused = true;
            return ShardPut.Full;
        }

        await _log.AppendAsync(shard, cancel).ConfigureAwait(false);
        _bad.TryRemove(shard.Name, out _);
        _refused = false;
        return ShardPut.Kept;
    }

    public ShardRead Read(ShardName name)
    {
        // More than once: compaction may move the record between the look and the read.
        for (var attempt = 0; attempt < 3 && _index.TryGet(name, out var place); attempt++)
        {
            try
            {
                var bytes = new byte[place.Length];
                if (place.Segment.Read(bytes, place.At + ShardRecord.HeaderBytes) == bytes.Length && Crc32.Castagnoli(bytes) == place.Crc)
                {
                    return new ShardRead(ShardState.Good, new Shard(name, place.Group, place.Crc, bytes));
                }

                return Bad(name);
            }
            catch (IOException)
            {
                return Bad(name);
            }
            catch (ObjectDisposedException)
            {
                // Looked up again.
            }
        }

        return _log.Unwritten(name) is { } shard ? new ShardRead(ShardState.Good, shard) : new ShardRead(ShardState.Missing);
    }

    /// <param name="verify">Whether to read it; else it is good as long as nobody has met it corrupt.</param>
    public ShardState State(ShardName name, bool verify) =>
        verify ? Read(name).State : _bad.ContainsKey(name) ? ShardState.Corrupt : _index.TryGet(name, out _) || _log.Unwritten(name) is not null ? ShardState.Good : ShardState.Missing;

    public ImmutableArray<(ShardName Name, int Group)> After(ShardName? after, int take) => _index.After(after, take);

    public bool Remove(ShardName name)
    {
        _bad.TryRemove(name, out _);
        return _index.Remove(name);
    }

    /// <summary>Rewrites what is alive in the closed segment with the least of it. False where none is dead enough.</summary>
    public async Task<bool> CompactAsync(CancellationToken cancel)
    {
        var closed = _log.Segments.RemoveAt(_log.Segments.Count - 1).Where(segment => _index.LiveIn(segment) <= segment.Length * _options.LeastLive);
        if (closed.MinBy(_index.LiveIn) is not { } segment)
        {
            return false;
        }

        foreach (var name in _index.In(segment))
        {
            cancel.ThrowIfCancellationRequested();

            // What is corrupt is not carried on: it is missing from now on, which repair mends the same way.
            if (Read(name) is { Shard: { } shard })
            {
                await _log.AppendAsync(shard, cancel).ConfigureAwait(false);
            }
            else
            {
                _index.RemoveFrom(segment, name);
                _bad.TryRemove(name, out _);
            }
        }

        _log.Drop(segment);
        _refused = false;
        return true;
    }

    /// <summary>A drill: flips a bit of the shard on disk. False where there is no such shard.</summary>
    public bool Damage(ShardName name, int at)
    {
        if (!_index.TryGet(name, out var place) || place.Length == 0)
        {
            return false;
        }

        var one = new byte[1];
        var offset = place.At + ShardRecord.HeaderBytes + (at % place.Length);
        place.Segment.Read(one, offset);
        one[0] ^= 0x40;
        place.Segment.Overwrite(one, offset);
        return true;
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private ShardRead Bad(ShardName name)
    {
        Interlocked.Increment(ref _corrupt);
        if (_bad.Count < MostBad)
        {
            _bad.TryAdd(name, true);
        }

        return new ShardRead(ShardState.Corrupt);
    }

    private bool Full(long more) =>
        _index.Count >= _options.MaxShards || UsedBytes + more > Math.Min(_options.MaxBytes - Math.Min(_options.SegmentBytes, _options.MaxBytes / 4), Interlocked.Read(ref _shown));

    private static void Load(Segment segment, ShardIndex index, bool last)
    {
        long end = 0;
        var heads = SegmentScan.Heads(segment).ToList();
        for (var i = 0; i < heads.Count; i++)
        {
            var (at, head) = heads[i];
            end = at + ShardRecord.SizeOf(head.Length);
            if (last && i == heads.Count - 1 && !SegmentScan.Whole(segment, at, head))
            {
                // The end of an append nobody was told of: its head arrived on disk before its bytes.
                end = at;
                break;
            }

            // Removal is not written down, so all that probes ever put would be back after each start.
            if (!head.Name.IsProbe)
            {
                index.Set(head.Name, new ShardPlace(segment, at, head.Group, head.Length, head.Crc));
            }
        }

        if (last)
        {
            // Also what a killed process wrote and did not flush: from here on it counts as kept.
            segment.CutAt(end);
        }
    }
}
