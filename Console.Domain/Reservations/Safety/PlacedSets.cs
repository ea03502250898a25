using System.Collections.Frozen;
using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>Shards of which any <paramref name="K"/> are enough to read; with <see cref="Groups"/> only some choices of as many are.</summary>
/// <param name="Hosts">One for each shard.</param>
public sealed record PlacedSet(string Id, ImmutableArray<string> Hosts, int K)
{
    /// <summary>Local groups of an LRC: places in <see cref="Hosts"/> of each group's data shards and its parity. Shards of no group are global parities. Empty for a code that counts.</summary>
    public ImmutableArray<ImmutableArray<int>> Groups { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Where a service's data lies, as of an epoch.</summary>
public sealed class PlacedSets
{
    private readonly FrozenDictionary<string, ImmutableArray<int>> _setsOf;

    /// <summary><see cref="PlacedSet.K"/> by set: what every question asks of each set lies side by side.</summary>
    private readonly ImmutableArray<int> _needed;

    /// <summary>By set; empty where none has local groups.</summary>
    private readonly ImmutableArray<LocalRule?> _local;

    /// <param name="epoch">Rises with every change of the placement.</param>
    /// <param name="takenAt">When it was so; null for a placement that never changes.</param>
    /// <param name="survive">The maintenance tier: what must hold with every charged and failed host gone.</param>
    public PlacedSets(long epoch, DateTimeOffset? takenAt, ImmutableArray<SurviveScenario> survive, ImmutableArray<PlacedSet> sets)
    {
        (Epoch, TakenAt, Survive, Sets) = (epoch, takenAt, survive, OneNameEach(sets));
        _setsOf = sets.SelectMany((set, index) => set.Hosts.Select(host => (host, index))).GroupBy(pair => pair.host, pair => pair.index)
            .ToFrozenDictionary(host => host.Key, host => host.ToImmutableArray(), StringComparer.Ordinal);
        _needed = [.. sets.Select(set => set.K)];
        _local = sets.Any(set => !set.Groups.IsEmpty) ? [.. sets.Select(set => set.Groups.IsEmpty ? null : LocalRule.Of(set.Hosts.Length, set.K, set.Groups))] : [];
    }

    public long Epoch { get; }

    public DateTimeOffset? TakenAt { get; }

    public ImmutableArray<SurviveScenario> Survive { get; }

    /// <summary>The steady tier: what must hold with lost hosts alone gone, or planned work on a set waits until it is mended. Empty where none is stated.</summary>
    public ImmutableArray<SurviveScenario> Steady { get; init; } = [];

    /// <summary>What its hosts hold and have free; null where that is not stated.</summary>
    public StoredBytes? Bytes { get; init; }

    public ImmutableArray<PlacedSet> Sets { get; }

    public bool Knows(string host) => _setsOf.ContainsKey(host);

    /// <summary>Places of the host's sets in <see cref="Sets"/>, in their order; one that has several shards there is named as often.</summary>
    internal ImmutableArray<int> NumbersOf(string host) => _setsOf.TryGetValue(host, out var sets) ? sets : [];

    /// <summary>Shards that are enough to read the set.</summary>
    internal int NeededOf(int set) => _needed[set];

    /// <summary>When the set can be read, where that is no count; null where it is one.</summary>
    internal LocalRule? LocalOf(int set) => _local.IsEmpty ? null : _local[set];

    /// <summary>A host's name is one string, however many sets it was read with: millions of strings that are the same are memory, and work for each full collection.</summary>
    private static ImmutableArray<PlacedSet> OneNameEach(ImmutableArray<PlacedSet> sets)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string One(string name) => names.TryGetValue(name, out var known) ? known : names[name] = name;
        return [.. sets.Select(set => set.Hosts.All(host => ReferenceEquals(One(host), host)) ? set : set with { Hosts = [.. set.Hosts.Select(One)] })];
    }

    public IEnumerable<PlacedSet> SetsOf(string host) => _setsOf.TryGetValue(host, out var sets) ? sets.Distinct().Select(index => Sets[index]) : [];
}
