using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>
/// Removes shards that the index names no more, and those that lie here and belong elsewhere since a move. A put writes shards first and names them after, so
/// nothing is removed that was not seen unnamed so many of the index' generations ago that the index would no longer let it be named (<see cref="Generations"/>): no slow put can lose
/// its shards, and no clock of this host plays a part.
/// </summary>
internal sealed class Collector(string host, ShardStore store, IIndex index)
{
    private const int Page = 1_000;
    private const int MostMarked = 100_000;

    private readonly Dictionary<ShardName, long> _unnamed = [];
    private long _removed;

    public long Removed => Interlocked.Read(ref _removed);

    /// <summary>Shards that were seen unnamed and are watched.</summary>
    public int Marked => _unnamed.Count;

    /// <summary>Goes over all shards once. Throws <see cref="StoreUnavailableException"/> where the index cannot say, and has then removed nothing it was not sure of.</summary>
    public async Task PassAsync(CancellationToken cancel)
    {
        ForgetGone();
        for (ShardName? after = null; ;)
        {
            var page = store.After(after, Page);
            if (page.IsEmpty)
            {
                return;
            }

            // After the page: a shard of it was begun in this generation or before. Before the index is asked what lives: nothing dead by then can be named any more.
            var placement = await index.PlacementAsync(cancel).ConfigureAwait(false);
            after = page[^1].Name;
            foreach (var group in page.GroupBy(one => one.Group, one => one.Name))
            {
                await JudgeAsync(placement, group.Key, [.. group], cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Shards that others took away: their marks would fill the room there is for marks.</summary>
    private void ForgetGone()
    {
        foreach (var name in _unnamed.Keys.Where(name => store.State(name, verify: false) == ShardState.Missing).ToArray())
        {
            _unnamed.Remove(name);
        }
    }

    private async Task JudgeAsync(PlacementMap placement, int group, ImmutableArray<ShardName> names, CancellationToken cancel)
    {
        if (group < 0 || group >= placement.Groups.Length)
        {
            return;
        }

        var live = await index.LiveAsync(group, [.. names.Select(name => name.Blob)], cancel).ConfigureAwait(false);
        for (var i = 0; i < names.Length; i++)
        {
            if (live[i] && placement.Groups[group].Hosts[names[i].Position] == host)
            {
                _unnamed.Remove(names[i]);
            }
            else if (!_unnamed.TryGetValue(names[i], out var since))
            {
                if (_unnamed.Count < MostMarked)
                {
                    _unnamed.Add(names[i], placement.Generation);
                }
            }
            else if (Generations.IsDead(since, placement.Generation))
            {
                _unnamed.Remove(names[i]);
                if (store.Remove(names[i]) && !names[i].IsProbe)
                {
                    Interlocked.Increment(ref _removed);
                }
            }
        }
    }
}
