using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>Which extents something names, and how many times: by placement group, and in it by blob.</summary>
public sealed class LiveExtents
{
    private readonly ImmutableDictionary<int, ImmutableSortedSet<Named>> _groups;

    private LiveExtents(ImmutableDictionary<int, ImmutableSortedSet<Named>> groups, int count) => (_groups, Count) = (groups, count);

    public static LiveExtents None { get; } = new(ImmutableDictionary<int, ImmutableSortedSet<Named>>.Empty, 0);

    public int Count { get; }

    public bool Has(int group, Guid blob) => _groups.TryGetValue(group, out var set) && set.Contains(Probe(blob));

    /// <summary>Of everything that names extents, at once: a million in a fraction of the time of one after another.</summary>
    public static LiveExtents From(IEnumerable<Extent> extents)
    {
        var groups = extents.GroupBy(extent => extent.Group).ToImmutableDictionary(
            group => group.Key,
            group => group.GroupBy(extent => extent.Blob).Select(blob => new Named(blob.First(), blob.Count())).ToImmutableSortedSet(ByBlob.Instance));
        return new LiveExtents(groups, groups.Values.Sum(set => set.Count));
    }

    public LiveExtents Add(ImmutableArray<Extent> extents) => extents.IsEmpty ? this : Change(extents, 1);

    public LiveExtents Remove(ImmutableArray<Extent> extents) => extents.IsEmpty ? this : Change(extents, -1);

    public ExtentPage Page(int group, Guid after, int take)
    {
        if (!_groups.TryGetValue(group, out var set))
        {
            return new ExtentPage([], null);
        }

        var at = set.IndexOf(Probe(after));
        var begins = at < 0 ? ~at : at + 1;
        var ends = Math.Min(set.Count, begins + take);
        var page = ImmutableArray.CreateBuilder<Extent>(ends - begins);
        for (var i = begins; i < ends; i++)
        {
            page.Add(set[i].Extent);
        }

        return new ExtentPage(page.MoveToImmutable(), ends < set.Count && ends > begins ? set[ends - 1].Extent.Blob : null);
    }

    private LiveExtents Change(ImmutableArray<Extent> extents, int by)
    {
        var groups = _groups.ToBuilder();
        var count = Count;
        foreach (var extent in extents)
        {
            var set = groups.GetValueOrDefault(extent.Group) ?? ImmutableSortedSet.Create<Named>(ByBlob.Instance);
            var before = set.TryGetValue(Probe(extent.Blob), out var found) ? found : new Named(extent, 0);
            var times = before.Times;
            set = times > 0 ? set.Remove(before) : set;
            count += Math.Sign(times + by) - Math.Sign(times);
            groups[extent.Group] = times + by > 0 ? set.Add(before with { Times = times + by }) : set;
        }

        return new LiveExtents(groups.ToImmutable(), count);
    }

    private static Named Probe(Guid blob) => new(new Extent(blob, 0, 0, 0, 0), 0);

    private sealed record Named(Extent Extent, int Times);

    private sealed class ByBlob : IComparer<Named>
    {
        public static ByBlob Instance { get; } = new();

        public int Compare(Named? x, Named? y) => x!.Extent.Blob.CompareTo(y!.Extent.Blob);
    }
}
