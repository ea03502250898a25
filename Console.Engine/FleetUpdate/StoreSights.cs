using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Pulls;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>
/// What the services of a region tell of their data. Since when a store is below its floor, and since when it tells nothing, is measured and kept in memory: after a restart it is counted anew, which pulls later and not otherwise.
/// </summary>
public sealed class StoreSights(ISafetyAuthorities authorities, DurabilityBook book)
{
    private readonly Dictionary<StoreName, (bool Low, DateTimeOffset Since)> _floors = [];
    private readonly Dictionary<StoreName, DateTimeOffset> _told = [];

    /// <summary>Of services that are worked on, whose durability is reckoned, or that have pulled the cord before.</summary>
    public ImmutableArray<StoreSight> Of(PullInput input)
    {
        var atWork = input.AtWork;
        var views = book.Views.Where(view => view.Store.Region == input.Region).ToDictionary(view => view.Store.Service);
        var latched = input.Cord.Latches.Keys.Select(key => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('/')).Where(store => store[1] == input.Region).Select(store => store[0]);
        return [.. atWork.Keys.Concat(views.Keys).Concat(latched).Distinct().Order(StringComparer.Ordinal)
            .Select(service => Of(input, service, atWork.TryGetValue(service, out var hosts) ? hosts[0] : null, views.GetValueOrDefault(service)))];
    }

    private StoreSight Of(PullInput input, string service, string? atWork, DurabilityView? view)
    {
        var store = new StoreName(service, input.Region);
        var floor = Floor(input, store, view);
        var host = atWork is null ? null : input.Fleet.Hosts.GetValueOrDefault(atWork);
        host ??= input.Cord.Latches.Keys.Any(key => key.EndsWith($":{store}", StringComparison.Ordinal)) ? input.Fleet.Hosts.Values.FirstOrDefault(one => one.Service == service) : null;
        if (host is null)
        {
            return new(service, null, Floor: floor);
        }

        if (authorities.For(host) is { } authority)
        {
            _told[store] = authority.ToldAt ?? input.Now;
            return new(service, authority.ToldAt, Floor: floor);
        }

        _told.TryAdd(store, input.Now);
        return new(service, _told[store], Silent: true, floor);
    }

    private StoreFloor? Floor(PullInput input, StoreName store, DurabilityView? view)
    {
        if (view is null || view.IsStale(input.Now))
        {
            _floors.Remove(store);
            return null;
        }

        var floor = StoreFloor.Of(view.Reading, view.Gone, input.Now);
        var low = floor.IsLow(input.Policy);
        if (!_floors.TryGetValue(store, out var known) || known.Low != low)
        {
            _floors[store] = known = (low, input.Now);
        }

        return floor with { Since = known.Since };
    }
}
