using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Domain.ProvingGround.Repair;

/// <summary>
/// What waits for repair: least slack first, then the larger burst (extents of one group that lost the same shards, so most likely to one cause), then the longest waiting.
/// Bounded: when it is full, whoever has more slack than all that wait is left out, and found again by the next inventory.
/// </summary>
public sealed class RepairQueue(int most)
{
    private readonly Dictionary<Guid, RepairItem> _items = [];

    public int Count => _items.Count;

    public DateTimeOffset? Oldest => _items.Count == 0 ? null : _items.Values.Min(item => item.Since);

    /// <summary>False where it is full of what is more urgent. What waited already keeps its time.</summary>
    public bool Put(RepairItem item)
    {
        if (_items.TryGetValue(item.Extent.Blob, out var before))
        {
            _items[item.Extent.Blob] = item with { Since = before.Since };
            return true;
        }

        if (_items.Count >= most)
        {
            var least = _items.Values.MaxBy(waiting => waiting.Slack)!;
            if (least.Slack <= item.Slack)
            {
                return false;
            }

            _items.Remove(least.Extent.Blob);
        }

        _items.Add(item.Extent.Blob, item);
        return true;
    }

    /// <summary>After a whole look at a group: what waited and was not found wanting is whole by now, or named by nothing any more.</summary>
    public void KeepFound(int group, IReadOnlySet<Guid> wanting)
    {
        foreach (var item in _items.Values.Where(item => item.Extent.Group == group && !wanting.Contains(item.Extent.Blob)).ToList())
        {
            _items.Remove(item.Extent.Blob);
        }
    }

    public void Remove(Extent extent) => _items.Remove(extent.Blob);

    /// <summary>Forgets the extents of groups that are kept elsewhere now.</summary>
    public void KeepOnly(IReadOnlySet<int> groups)
    {
        foreach (var item in _items.Values.Where(item => !groups.Contains(item.Extent.Group)).ToList())
        {
            _items.Remove(item.Extent.Blob);
        }
    }

    /// <summary>The most urgent that something can be done for now.</summary>
    public IReadOnlyList<RepairItem> Next(int take)
    {
        var bursts = _items.Values.CountBy(item => (item.Extent.Group, item.Missing)).ToDictionary();
        return [.. _items.Values
            .Where(item => item.Mendable != 0)
            .OrderBy(item => item.Slack)
            .ThenByDescending(item => bursts[(item.Extent.Group, item.Missing)])
            .ThenBy(item => item.Since)
            .ThenBy(item => item.Extent.Blob)
            .Take(take)];
    }
}
