namespace OpsConsole.Domain.Fleet;

/// <summary>Ids of hosts in ordinal order, and the place of each. Versions of a map share it as long as no id joins.</summary>
internal sealed class HostIndex
{
    private readonly Dictionary<string, int> _places;

    /// <param name="ids">Ordered, each once.</param>
    public HostIndex(string[] ids)
    {
        Ids = ids;
        _places = new(ids.Length, StringComparer.Ordinal);
        for (var place = 0; place < ids.Length; place++)
        {
            _places.Add(ids[place], place);
        }
    }

    public static HostIndex Empty { get; } = new([]);

    public string[] Ids { get; }

    /// <summary>With ids that it lacks, in any order: only those are put in order, then both are merged.</summary>
    public HostIndex With(string[] fresh)
    {
        Array.Sort(fresh, StringComparer.Ordinal);
        var all = new string[Ids.Length + fresh.Length];
        for (var (to, old, add) = (0, 0, 0); to < all.Length; to++)
        {
            all[to] = add == fresh.Length || (old < Ids.Length && string.CompareOrdinal(Ids[old], fresh[add]) < 0) ? Ids[old++] : fresh[add++];
        }

        return new(all);
    }

    /// <summary>-1 where it is not there.</summary>
    public int PlaceOf(string id) => _places.TryGetValue(id, out var place) ? place : -1;
}
