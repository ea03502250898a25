using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>Rebuilds an extent's missing shards from any five, checks the whole against its checksum, writes them back, and has them read from disk again.</summary>
internal sealed class Mender(Func<string, IShardHost?> hosts, TimeProvider clock)
{
    private readonly ExtentReader _reader = new(hosts, new HostPulses(clock), new BlobStoreOptions(), new NoReports(), clock);

    /// <returns>The shards that are good again.</returns>
    public async Task<uint> MendAsync(RepairItem item, PlacementGroup group, CancellationToken cancel)
    {
        CodedExtent coded;
        try
        {
            coded = CodedExtent.Encode(await _reader.ReadAsync(item.Extent, group, cancel).ConfigureAwait(false));
        }
        catch (StoreUnavailableException)
        {
            return 0;
        }

        uint mended = 0;
        for (var position = 0; position < PlacementMap.Positions; position++)
        {
            if ((item.Mendable >> position & 1) == 1 && hosts(group.Hosts[position]) is { } host && await PutAsync(host, coded.Shard(item.Extent.Blob, group.Number, position), cancel).ConfigureAwait(false))
            {
                mended |= 1u << position;
            }
        }

        return mended;
    }

    private static async Task<bool> PutAsync(IShardHost host, Shard shard, CancellationToken cancel)
    {
        try
        {
            return await host.PutAsync(shard, cancel).ConfigureAwait(false) == ShardPut.Kept
                && await host.StatesAsync([shard.Name], verify: true, cancel).ConfigureAwait(false) is [ShardState.Good];
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>What repair meets, it repairs.</summary>
    private sealed class NoReports : IShardReports
    {
        public void Report(ShardName name, int group)
        {
        }
    }
}
