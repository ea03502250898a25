using System.Collections.Immutable;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;

namespace OpsConsole.Engine.Durability;

/// <summary>The durability of every store that a source tells of. Looking again costs what changed: a store whose placement and gone hosts are the same is not counted anew.</summary>
public sealed class DurabilityBook(IEnumerable<IPlacementSource> sources)
{
    private readonly ImmutableArray<IPlacementSource> _sources = [.. sources];
    private readonly TableShelf _tables = new();
    private readonly Lock _looking = new();
    private readonly Dictionary<StoreName, LivingSets> _living = [];
    private ImmutableDictionary<StoreName, DurabilityView> _views = ImmutableDictionary<StoreName, DurabilityView>.Empty;

    /// <summary>Real stores first, then by service and region. The same object until something changed.</summary>
    public ImmutableArray<DurabilityView> Views { get; private set; } = [];

    public DurabilityView? Find(string service, string region) => Volatile.Read(ref _views).GetValueOrDefault(new(service, region));

    /// <summary>The view under other assumptions, which must be without fault.</summary>
    public DurabilityView Under(DurabilityView view, FailureAssumptions assumed) => view with { Reading = Table(view, assumed).Read(view.Histogram.AsSpan()) };

    public WhatIfAnswer Ask(DurabilityView view, ImmutableArray<int> kill, FailureAssumptions assumed) =>
        WhatIf.Ask(view.From.Placement, view.From.Gone, kill, Table(view, assumed), view.From.Power);

    /// <summary>Looks at all stores once; answers which changed.</summary>
    public ImmutableArray<StoreName> Look()
    {
        lock (_looking)
        {
            return LookOnce();
        }
    }

    private ImmutableArray<StoreName> LookOnce()
    {
        var (before, views) = (_views, ImmutableDictionary.CreateBuilder<StoreName, DurabilityView>());
        var changed = ImmutableArray.CreateBuilder<StoreName>();
        foreach (var (source, store) in _sources.SelectMany(source => source.Stores.Select(store => (source, store))))
        {
            if (source.Now(store) is not { } now || views.ContainsKey(store))
            {
                continue;
            }

            views[store] = before.TryGetValue(store, out var known) && ReferenceEquals(known.From, now) ? known : Count(store, now, known);
            if (!ReferenceEquals(views[store], known))
            {
                changed.Add(store);
            }
        }

        foreach (var gone in before.Keys.Where(store => !views.ContainsKey(store)))
        {
            _living.Remove(gone);
            changed.Add(gone);
        }

        if (changed.Count > 0)
        {
            Volatile.Write(ref _views, views.ToImmutable());
            Views = [.. views.Values.OrderBy(view => view.From.Simulated).ThenBy(view => view.Store.Service, StringComparer.Ordinal).ThenBy(view => view.Store.Region, StringComparer.Ordinal)];
        }

        return changed.ToImmutable();
    }

    private DurabilityView Count(StoreName store, StorePlacement now, DurabilityView? known)
    {
        if (!_living.TryGetValue(store, out var living) || !ReferenceEquals(living.Placement, now.Placement))
        {
            _living[store] = living = new LivingSets(now.Placement);
        }

        if (known is null || !ReferenceEquals(known.From.Gone, now.Gone) || !ReferenceEquals(known.From.Placement, now.Placement))
        {
            living.TurnTo(now.Gone);
        }

        return new(store, now, _tables.Get(now.Placement.Code, now.Assumed).Read(living.Histogram), [.. living.Histogram], [.. now.Gone.Order().Select(host => now.Placement.Hosts[host].Id)]);
    }

    private StateTable Table(DurabilityView view, FailureAssumptions assumed) => _tables.Get(view.From.Placement.Code, assumed);
}
