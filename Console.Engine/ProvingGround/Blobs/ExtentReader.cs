using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>Gets five good shards, the nearest first, and asks one host more for each that fails or is slow.</summary>
internal sealed class ExtentReader(Func<string, IShardHost?> hosts, HostPulses pulses, BlobStoreOptions options, IShardReports reports, TimeProvider clock)
{
    /// <summary>The extent's bytes, which have its checksum.</summary>
    public async Task<byte[]> ReadAsync(Extent extent, PlacementGroup group, CancellationToken cancel)
    {
        var good = new List<Shard>(PlacementMap.Needed);
        var next = new Queue<int>(Nearest(group));
        var open = new List<Task<Got>>(PlacementMap.Positions);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var deadline = new CancellationTokenSource(options.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, deadline.Token);
        try
        {
            for (var needed = PlacementMap.Needed; ; needed++)
            {
                while (good.Count < needed)
                {
                    while (open.Count + good.Count < needed && next.TryDequeue(out var position))
                    {
                        open.Add(GetAsync(group, new ShardName(extent.Blob, position), both.Token));
                    }

                    if (open.Count == 0)
                    {
                        throw new StoreUnavailableException($"{good.Count} good shards of extent {extent.Blob} could be had, {PlacementMap.Needed} are needed");
                    }

                    await TakeOneAsync(open, good, next, group, extent, both.Token).ConfigureAwait(false);
                }

                // Five shards whose own checksums hold, and yet not what was written: one of them was coded or sent wrong. More shards tell which.
                if (Untangle(good, extent) is { } content)
                {
                    return content;
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new StoreUnavailableException($"extent {extent.Blob} could not be read within {options.Deadline.TotalSeconds} s");
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task TakeOneAsync(List<Task<Got>> open, List<Shard> good, Queue<int> next, PlacementGroup group, Extent extent, CancellationToken cancel)
    {
        var any = Task.WhenAny(open);
        while (!any.IsCompleted && next.Count > 0)
        {
            using var hedge = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var slow = Task.Delay(pulses.Slow(options.Hedge), clock, hedge.Token);
            if (await Task.WhenAny(any, slow).ConfigureAwait(false) == any)
            {
                await hedge.CancelAsync().ConfigureAwait(false);
                break;
            }

            cancel.ThrowIfCancellationRequested();
            open.Add(GetAsync(group, new ShardName(extent.Blob, next.Dequeue()), cancel));
            any = Task.WhenAny(open);
        }

        var done = await any.WaitAsync(cancel).ConfigureAwait(false);
        open.Remove(done);
        if ((await done.ConfigureAwait(false)).Shard is { } shard)
        {
            good.Add(shard);
        }
    }

    private async Task<Got> GetAsync(PlacementGroup group, ShardName name, CancellationToken cancel)
    {
        var hostName = group.Hosts[name.Position];
        if (hosts(hostName) is not { } host)
        {
            return new Got(null);
        }

        var began = clock.GetTimestamp();
        try
        {
            // Its bytes had their checksum when the host read them and when they arrived; see HttpShardHost.
            var read = await host.GetAsync(name, cancel).ConfigureAwait(false);
            pulses.Answered(hostName, clock.GetElapsedTime(began));
            if (read.Shard is null)
            {
                reports.Report(name, group.Number);
            }

            return new Got(read.Shard);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            // A host that was not waited for any more is to blame only where it was slow.
            if (!cancel.IsCancellationRequested || clock.GetElapsedTime(began) >= pulses.Slow(options.Hedge))
            {
                pulses.Failed(hostName);
            }

            return new Got(null);
        }
    }

    /// <summary>The content from any five of the shards that give what was written; the shards that do not fit it are reported.</summary>
    private byte[]? Untangle(List<Shard> good, Extent extent)
    {
        if (CodedExtent.Decode(good[..PlacementMap.Needed], extent.Length, extent.Crc) is { } content)
        {
            return content;
        }

        foreach (var five in Choices.Of(good, PlacementMap.Needed))
        {
            if (CodedExtent.Decode(five, extent.Length, extent.Crc) is { } found)
            {
                var right = CodedExtent.Encode(found);
                foreach (var odd in good.Where(shard => right.Shard(extent.Blob, extent.Group, shard.Name.Position).Crc != shard.Crc))
                {
                    reports.Report(odd.Name, extent.Group);
                }

                return found;
            }
        }

        return null;
    }

    private IEnumerable<int> Nearest(PlacementGroup group) =>
        Enumerable.Range(0, PlacementMap.Positions)
            .OrderBy(position => pulses.IsAway(group.Hosts[position]))
            .ThenBy(position => position % 3 != options.OwnAz)
            .ThenBy(position => position);

    private sealed record Got(Shard? Shard);
}
