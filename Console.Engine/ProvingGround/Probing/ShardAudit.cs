using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>
/// Looks at an object shard by shard, past the web hosts: a reader needs five of nine and never meets a spoilt one among the others. Shards that are missing
/// or that cannot be had say nothing of who wrote them and are left out.
/// </summary>
internal sealed class ShardAudit(IIndex index, Func<string, IShardHost?> hosts)
{
    /// <summary>Shards looked at, and what is wrong with one of them in words; null where nothing is.</summary>
    public async Task<(int Looked, int Wrong, string? Words)> LookAsync(string bucket, string key, CancellationToken cancel)
    {
        var found = (await index.FindAsync(bucket, key, cancel).ConfigureAwait(false)).Object;
        var placement = await index.PlacementAsync(cancel).ConfigureAwait(false);
        var (looked, wrong, words) = (0, 0, (string?)null);
        foreach (var extent in found?.Extents ?? [])
        {
            var group = placement.Groups[extent.Group];
            var shards = (await Task.WhenAll(Enumerable.Range(0, PlacementMap.Positions).Select(position => GetAsync(group, new ShardName(extent.Blob, position), cancel))).ConfigureAwait(false)).OfType<Shard>().ToList();
            if (shards.Count < PlacementMap.Needed)
            {
                continue;
            }

            looked += shards.Count;
            var odd = Odd(shards, extent);
            wrong += odd.Count;
            words = odd.Count > 0 ? $"shard {odd[0].Name.Position} of 9 on {group.Hosts[odd[0].Name.Position]} does not fit the others of its extent" : words;
        }

        return (looked, wrong, words);
    }

    /// <summary>Those that are not what belongs in their place; all where no five of them give what was written.</summary>
    internal static IReadOnlyList<Shard> Odd(List<Shard> shards, Extent extent)
    {
        foreach (var five in Choices.Of(shards, PlacementMap.Needed))
        {
            if (CodedExtent.Decode(five, extent.Length, extent.Crc) is { } content)
            {
                var right = CodedExtent.Encode(content);
                return [.. shards.Where(shard => right.Shard(extent.Blob, extent.Group, shard.Name.Position).Crc != shard.Crc)];
            }
        }

        return shards;
    }

    private async Task<Shard?> GetAsync(PlacementGroup group, ShardName name, CancellationToken cancel)
    {
        try
        {
            return hosts(group.Hosts[name.Position]) is { } host ? (await host.GetAsync(name, cancel).ConfigureAwait(false)).Shard : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
