using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <param name="At">Where its record begins.</param>
internal readonly record struct ShardPlace(Segment Segment, long At, int Group, int Length, uint Crc)
{
    public ShardHead Head(ShardName name) => new(name, Group, Length, Crc);
}

/// <summary>Where each shard lies, in memory; for many threads.</summary>
internal sealed class ShardIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ShardName, ShardPlace> _places = [];
    private readonly SortedSet<ShardName> _order = new(ShardName.Order);
    private (int Shards, long Bytes) _objects;

    /// <summary>Without what probes put: that is no data.</summary>
    public (int Shards, long Bytes) OfObjects
    {
        get
        {
            lock (_lock)
            {
                return _objects;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _places.Count;
            }
        }
    }

    public bool TryGet(ShardName name, out ShardPlace place)
    {
        lock (_lock)
        {
            return _places.TryGetValue(name, out place);
        }
    }

    /// <summary>The record at this place is the shard's from now on.</summary>
    public void Set(ShardName name, ShardPlace place)
    {
        lock (_lock)
        {
            Forget(name);
            _places[name] = place;
            _order.Add(name);
            Add(name, 1, place.Length);
            place.Segment.Live += ShardRecord.SizeOf(place.Length);
        }
    }

    public bool Remove(ShardName name)
    {
        lock (_lock)
        {
            return _order.Remove(name) && Forget(name);
        }
    }

    /// <summary>Only where it still lies in this segment.</summary>
    public void RemoveFrom(Segment segment, ShardName name)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(name, out var place) && place.Segment == segment)
            {
                _order.Remove(name);
                Forget(name);
            }
        }
    }

    /// <summary>In the order they lie there.</summary>
    public ImmutableArray<ShardName> In(Segment segment)
    {
        lock (_lock)
        {
            return [.. _places.Where(one => one.Value.Segment == segment).OrderBy(one => one.Value.At).Select(one => one.Key)];
        }
    }

    public long LiveIn(Segment segment)
    {
        lock (_lock)
        {
            return segment.Live;
        }
    }

    /// <summary>Shards in the order of their names, after the one given; null begins at the first.</summary>
    public ImmutableArray<(ShardName Name, int Group)> After(ShardName? after, int take)
    {
        lock (_lock)
        {
            var rest = after is { } name ? _order.GetViewBetween(name, new ShardName(new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff"), 8)).Where(one => one != name) : _order;
            return [.. rest.Take(take).Select(one => (one, _places[one].Group))];
        }
    }

    private bool Forget(ShardName name)
    {
        if (!_places.Remove(name, out var old))
        {
            return false;
        }

        Add(name, -1, -old.Length);
        old.Segment.Live -= ShardRecord.SizeOf(old.Length);
        return true;
    }

    private void Add(ShardName name, int shards, int bytes)
    {
        if (!name.IsProbe)
        {
            _objects = (_objects.Shards + shards, _objects.Bytes + bytes);
        }
    }
}
