using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Blobs;

/// <summary>The placement map, at most half a second old while the index can be reached. A write by an older one is refused by the index, never lost.</summary>
internal sealed class PlacementCache(IIndex index, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task<PlacementMap>? _asking;
    private Seen? _seen;

    public async ValueTask<PlacementMap> GetAsync(CancellationToken cancel)
    {
        Task<PlacementMap> asking;
        lock (_lock)
        {
            if (_seen is { } seen && clock.GetElapsedTime(seen.At) < Fresh)
            {
                return seen.Map;
            }

            // One asks for all who wait, so it is not ended with any of them.
            asking = _asking ??= AskAsync();
        }

        return await asking.WaitAsync(cancel).ConfigureAwait(false);
    }

    private async Task<PlacementMap> AskAsync()
    {
        await Task.Yield();
        try
        {
            var map = await index.PlacementAsync(CancellationToken.None).ConfigureAwait(false);
            return Keep(map);
        }
        catch (StoreUnavailableException) when (_seen is not null)
        {
            return Keep(_seen.Map);
        }
        finally
        {
            lock (_lock)
            {
                _asking = null;
            }
        }
    }

    private PlacementMap Keep(PlacementMap map)
    {
        lock (_lock)
        {
            _seen = new Seen(map, clock.GetTimestamp());
        }

        return map;
    }

    private sealed record Seen(PlacementMap Map, long At);
}
