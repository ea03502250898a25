using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>Puts the nine shards of an extent: enough is six on disk in two AZs; the others are waited for a little, then left to themselves and, where they fail, to repair.</summary>
internal sealed class ExtentWriter(Func<string, IShardHost?> hosts, HostPulses pulses, BlobStoreOptions options, IShardReports reports, TimeProvider clock)
{
    /// <summary>With any one AZ gone, five of them are still there.</summary>
    private const int Enough = 6;
    private const int EnoughAzs = 2;

    public async Task<Extent> WriteAsync(Guid blob, PlacementGroup group, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var coded = CodedExtent.Encode(content.Span);
        var open = new List<Task<Sent>>(PlacementMap.Positions);
        var leftOut = new List<Shard>();
        for (var position = 0; position < PlacementMap.Positions; position++)
        {
            var shard = options.Leaving(coded.Shard(blob, group.Number, position));
            if (pulses.IsAway(group.Hosts[position]))
            {
                leftOut.Add(shard);
            }
            else
            {
                open.Add(SendAsync(group, shard));
            }
        }

        var kept = new List<int>(PlacementMap.Positions);
        var failures = new List<string>();
        using var limit = new CancellationTokenSource(options.Deadline, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var patience = false;
        while (true)
        {
            if (kept.Count + open.Count < Enough)
            {
                // Those that did not answer lately are tried all the same where the others are too few.
                open.AddRange(leftOut.Select(shard => SendAsync(group, shard)));
                leftOut.Clear();
            }

            if (open.Count == 0)
            {
                break;
            }

            if (IsEnough(kept) && !patience)
            {
                patience = true;
                limit.CancelAfter(options.Patience);
            }

            try
            {
                var done = await Task.WhenAny(open).WaitAsync(both.Token).ConfigureAwait(false);
                open.Remove(done);
                var sent = await done.ConfigureAwait(false);
                if (sent.Failure is null)
                {
                    kept.Add(sent.Position);
                }
                else
                {
                    failures.Add(sent.Failure);
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                break;
            }
        }

        leftOut.ForEach(shard => reports.Report(shard.Name, group.Number));
        return IsEnough(kept)
            ? new Extent(blob, content.Length, group.Number, group.Epoch, coded.Crc)
            : throw new StoreUnavailableException($"{kept.Count} of {PlacementMap.Positions} shards could be written, {Enough} are needed ({(failures.Count > 0 ? string.Join("; ", failures) : "no answer in time")})");
    }

    private static bool IsEnough(List<int> kept) => kept.Count >= Enough && kept.DistinctBy(position => position % 3).Count() >= EnoughAzs;

    /// <summary>Ends by itself: hosts answer or fail within their own time limit. It is not cancelled with the caller, so that a shard under way still arrives.</summary>
    private async Task<Sent> SendAsync(PlacementGroup group, Shard shard)
    {
        var position = shard.Name.Position;
        var name = group.Hosts[position];
        if (hosts(name) is not { } host)
        {
            reports.Report(shard.Name, group.Number);
            return new Sent(position, $"{name} does not answer");
        }

        try
        {
            var put = await host.PutAsync(shard, CancellationToken.None).ConfigureAwait(false);
            pulses.Answered(name);
            if (put == ShardPut.Kept)
            {
                return new Sent(position, null);
            }

            reports.Report(shard.Name, group.Number);
            return new Sent(position, $"{name}: {put}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            pulses.Failed(name);
            reports.Report(shard.Name, group.Number);
            return new Sent(position, $"{name}: {e.Message}");
        }
    }

    private sealed record Sent(int Position, string? Failure);
}
