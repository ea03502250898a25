using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>One page of a bucket out of all copies' indexes: two AZs for each slot, the latest version of each key, the deleted left out.</summary>
internal static class MergedList
{
    public static async Task<ListedPage> ReadAsync(Placement placement, string bucket, string prefix, string after, int take, CancellationToken cancel)
    {
        var slots = await Task.WhenAll(placement.Slots.Select(slot => Quorum.OfAsync(slot, replica => replica.ListAsync(bucket, prefix, after, take, cancel)))).ConfigureAwait(false);
        var pages = slots.SelectMany(slot => slot.Select(answer => answer.Answer)).ToArray();

        // Beyond the shortest page's end some index has not been heard: only what lies before it can be told.
        var horizon = pages.Where(page => page.More).Select(page => page.Entries[^1].Key).Min(KeyOrder.Instance);
        var live = pages.SelectMany(page => page.Entries)
            .Where(entry => horizon is null || KeyOrder.Instance.Compare(entry.Key, horizon) <= 0)
            .GroupBy(entry => entry.Key)
            .Select(copies => copies.MaxBy(entry => entry.Version)!)
            .Where(entry => !entry.Deleted)
            .OrderBy(entry => entry.Key, KeyOrder.Instance);
        return new ListedPage([.. live], horizon);
    }
}
