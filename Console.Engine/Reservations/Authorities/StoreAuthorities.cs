using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Durability;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>Stores of the worlds, asked for their own placement: the sets counted are those the store has now, and hosts it does not hear of count as gone.</summary>
/// <param name="second">Shared by all of them.</param>
/// <param name="sources">Asked when the first question comes: sources rest on the states that this gate decides.</param>
public sealed class StoreAuthorities(Func<IEnumerable<IPlacementSource>> sources, SecondCount? second = null)
{
    private readonly Lazy<ImmutableArray<IPlacementSource>> _sources = new(() => [.. sources()]);
    private readonly ConcurrentDictionary<StoreName, Known> _known = new();

    /// <summary>Null where no source tells of the host's store.</summary>
    public ISafetyAuthority? For(Host host)
    {
        if (host.Role == HostRole.Web)
        {
            return null;
        }

        var store = new StoreName(host.Service, host.Region);
        foreach (var source in _sources.Value)
        {
            if (source.Now(store) is { } now)
            {
                return Authority(store, now);
            }
        }

        return null;
    }

    private StoreAuthority Authority(StoreName store, StorePlacement now)
    {
        var known = _known.AddOrUpdate(store, _ => Count(store, now), (_, before) => ReferenceEquals(before.Placement, now.Placement) ? before : Count(store, now));
        if (!ReferenceEquals(known.Gone, now.Gone))
        {
            _known[store] = known = known with { Gone = now.Gone, Missing = now.At is null ? [] : now.Gone.Select(place => now.Placement.Hosts[place].Id).ToImmutableHashSet(StringComparer.Ordinal) };
        }

        return new(known.Sets, now.At, known.Missing);
    }

    private Known Count(StoreName store, StorePlacement now)
    {
        var placement = now.Placement;
        var sets = ImmutableArray.CreateBuilder<PlacedSet>(placement.Sets);
        for (var set = 0; set < placement.Sets; set++)
        {
            sets.Add(new($"{store.Service}-{set}", Hosts(placement, set), placement.Code.Needed));
        }

        return new(placement, null, new PlacedSetsAuthority($"the {store.Service} service of {store.Region}", new PlacedSets(placement.Epoch, null, now.Survive, sets.MoveToImmutable()) { Steady = now.Steady }, second), []);
    }

    private static ImmutableArray<string> Hosts(SetPlacement placement, int set)
    {
        var hosts = ImmutableArray.CreateBuilder<string>();
        foreach (var host in placement.HostsOf(set))
        {
            if (host >= 0)
            {
                hosts.Add(placement.Hosts[host].Id);
            }
        }

        return hosts.ToImmutable();
    }

    /// <param name="Missing">Empty where the source follows from the journal: the fleet as it is decided says the same, and sooner.</param>
    private sealed record Known(SetPlacement Placement, ImmutableHashSet<int>? Gone, PlacedSetsAuthority Sets, ImmutableHashSet<string> Missing);
}

/// <summary>A store's answer as of one look.</summary>
/// <param name="at">When the store was looked at; null where what it says cannot be old.</param>
/// <param name="missing">Hosts it does not hear of.</param>
public sealed class StoreAuthority(PlacedSetsAuthority sets, DateTimeOffset? at, IReadOnlySet<string> missing) : ISafetyAuthority
{
    public string Name => sets.Name;

    public PlacedSets Counted => sets.Placement;

    public DateTimeOffset? ToldAt => at;

    public SafetyAnswer Ask(SafetyQuestion question) =>
        sets.Ask(question with { Missing = missing }) is var answer && at is { } looked ? answer with { Age = question.Now - looked } : answer;
}
