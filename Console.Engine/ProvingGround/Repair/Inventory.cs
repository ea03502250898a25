using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Storage;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>Asks hosts which of the shards that should be there are.</summary>
internal sealed class Inventory(Func<string, IShardHost?> hosts, HostWatch watch, TimeProvider clock)
{
    /// <param name="extents">At most 1,000, of this group.</param>
    /// <param name="verify">Whether hosts are to read and check each shard.</param>
    /// <returns>One for each extent, those with nothing missing too.</returns>
    public async Task<ImmutableArray<RepairItem>> TakeAsync(PlacementGroup group, ImmutableArray<Extent> extents, bool verify, CancellationToken cancel)
    {
        var columns = await Task.WhenAll(Enumerable.Range(0, PlacementMap.Positions).Select(position => ColumnAsync(group, position, extents, verify, cancel))).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return [.. extents.Select((extent, row) =>
        {
            uint missing = 0, awaited = 0;
            for (var position = 0; position < PlacementMap.Positions; position++)
            {
                missing |= columns[position] is { } states && states[row] == ShardState.Good ? 0 : 1u << position;
                awaited |= columns[position] is null ? 1u << position : 0;
            }

            return new RepairItem(extent, missing, awaited, now);
        })];
    }

    /// <summary>Null where the host does not answer.</summary>
    private async Task<ImmutableArray<ShardState>?> ColumnAsync(PlacementGroup group, int position, ImmutableArray<Extent> extents, bool verify, CancellationToken cancel)
    {
        var name = group.Hosts[position];
        if (!watch.Answers(name) || hosts(name) is not { } host)
        {
            return null;
        }

        try
        {
            return await host.StatesAsync([.. extents.Select(extent => new ShardName(extent.Blob, position))], verify, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
