using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>The storage fleet as a web host sees it: RS(5,4), nine shards in three AZs. A read needs any five, a write is done with six on disk in two AZs.</summary>
/// <param name="hosts">By name; null for a host that is in no plan.</param>
/// <param name="ids">Names for blobs, none given twice.</param>
public sealed class BlobStore(IIndex index, Func<string, IShardHost?> hosts, BlobStoreOptions options, IShardReports reports, TimeProvider clock, Func<Guid> ids) : IBlobs
{
    private const int MostExtentBytes = 1 << 20;

    private readonly HostPulses _pulses = new(clock);
    private readonly PlacementCache _placement = new(index, clock);
    private readonly ExtentCache _cache = new(options.CacheBytes, options.MostCachedBytes);

    private ExtentWriter Writer => field ??= new ExtentWriter(hosts, _pulses, options, reports, clock);

    private ExtentReader Reader => field ??= new ExtentReader(hosts, _pulses, options, reports, clock);

    public async Task<ImmutableArray<Extent>> WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        if (content.IsEmpty)
        {
            return [];
        }

        var placement = await _placement.GetAsync(cancel).ConfigureAwait(false);
        var extents = new Extent[(content.Length + MostExtentBytes - 1) / MostExtentBytes];
        if (extents.Length == 1)
        {
            return [await WriteOneAsync(placement, content, cancel).ConfigureAwait(false)];
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancel };
        await Parallel.ForAsync(0, extents.Length, parallel, async (i, token) =>
        {
            var begins = i * MostExtentBytes;
            extents[i] = await WriteOneAsync(placement, content.Slice(begins, Math.Min(MostExtentBytes, content.Length - begins)), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. extents];
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ImmutableArray<Extent> extents, long offset, long length, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, extents.Sum(extent => (long)extent.Length) - offset);
        if (extents.Length == 1)
        {
            // Most objects are one extent: nothing to read ahead.
            yield return (await ReadOneAsync(extents[0], cancel).ConfigureAwait(false)).AsMemory((int)offset, (int)length);
            yield break;
        }

        var wanted = Cut(extents, offset, length).GetEnumerator();
        var ahead = new Queue<(Slice Slice, Task<byte[]> Bytes)>(options.AtOnce);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            while (true)
            {
                while (ahead.Count < options.AtOnce && wanted.MoveNext())
                {
                    ahead.Enqueue((wanted.Current, ReadOneAsync(wanted.Current.Extent, ending.Token)));
                }

                if (!ahead.TryDequeue(out var first))
                {
                    yield break;
                }

                yield return (await first.Bytes.ConfigureAwait(false)).AsMemory(first.Slice.From, first.Slice.Length);
            }
        }
        finally
        {
            // Who stops reading half-way leaves reads under way behind: they end, and nobody asks how.
            await ending.CancelAsync().ConfigureAwait(false);
            foreach (var (_, bytes) in ahead)
            {
                _ = bytes.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    public async Task<string?> TroubleAsync(CancellationToken cancel)
    {
        PlacementMap placement;
        try
        {
            placement = await _placement.GetAsync(cancel).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }

        if (placement.Groups.IsEmpty)
        {
            return "there is no placement map";
        }

        var names = placement.Groups.SelectMany(group => group.Hosts).Distinct().ToArray();
        var answers = await Task.WhenAll(names.Select(name => AnswersAsync(name, cancel))).ConfigureAwait(false);
        var away = names.Where((_, at) => !answers[at]).ToHashSet();
        var worst = placement.Groups.Max(group => group.Hosts.Count(away.Contains));
        return worst > 3 ? $"{away.Count} storage hosts do not answer ({string.Join(", ", away.Order(StringComparer.Ordinal).Take(9))}): a placement group has {9 - worst} of 9" : null;
    }

    private static IEnumerable<Slice> Cut(ImmutableArray<Extent> extents, long offset, long length)
    {
        long begins = 0;
        foreach (var extent in extents)
        {
            var from = Math.Max(offset, begins);
            var to = Math.Min(offset + length, begins + extent.Length);
            if (from < to)
            {
                yield return new Slice(extent, (int)(from - begins), (int)(to - from));
            }

            begins += extent.Length;
        }
    }

    private async Task<Extent> WriteOneAsync(PlacementMap placement, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        if (placement.Groups.IsEmpty)
        {
            throw new StoreUnavailableException("there is no placement map");
        }

        var blob = ids();
        var group = placement.Groups[(int)((uint)blob.GetHashCode() % placement.Groups.Length)];
        return await Writer.WriteAsync(blob, group, content, cancel).ConfigureAwait(false) with { Born = placement.Generation };
    }

    private Task<byte[]> ReadOneAsync(Extent extent, CancellationToken cancel) => _cache.TryGet(extent.Blob, out var cached) ? Task.FromResult(cached) : ReadShardsAsync(extent, cancel);

    private async Task<byte[]> ReadShardsAsync(Extent extent, CancellationToken cancel)
    {
        var placement = await _placement.GetAsync(cancel).ConfigureAwait(false);
        if (extent.Group < 0 || extent.Group >= placement.Groups.Length)
        {
            throw new StoreUnavailableException($"there is no placement group {extent.Group}");
        }

        var bytes = await Reader.ReadAsync(extent, placement.Groups[extent.Group], cancel).ConfigureAwait(false);
        _cache.Add(extent.Blob, bytes);
        return bytes;
    }

    private async Task<bool> AnswersAsync(string name, CancellationToken cancel)
    {
        try
        {
            return hosts(name) is { } host && (await host.StatesAsync([], verify: false, cancel).ConfigureAwait(false)).IsEmpty;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private readonly record struct Slice(Extent Extent, int From, int Length);
}
