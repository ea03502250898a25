using System.Collections.Frozen;
using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>Shards of which any <paramref name="K"/> are enough to read.</summary>
/// <param name="Hosts">One for each shard.</param>
public sealed record PlacedSet(string Id, ImmutableArray<string> Hosts, int K);

/// <summary>Where a service's data lies, as of an epoch.</summary>
public sealed class PlacedSets
{
    private readonly FrozenDictionary<string, ImmutableArray<int>> _setsOf;

    /// <param name="epoch">Rises with every change of the placement.</param>
    /// <param name="takenAt">When it was so; null for a placement that never changes.</param>
    public PlacedSets(long epoch, DateTimeOffset? takenAt, ImmutableArray<SurviveScenario> survive, ImmutableArray<PlacedSet> sets)
    {
        (Epoch, TakenAt, Survive, Sets) = (epoch, takenAt, survive, sets);
        _setsOf = sets.SelectMany((set, index) => set.Hosts.Select(host => (host, index))).GroupBy(pair => pair.host, pair => pair.index)
            .ToFrozenDictionary(host => host.Key, host => host.ToImmutableArray(), StringComparer.Ordinal);
    }

    public long Epoch { get; }

    public DateTimeOffset? TakenAt { get; }

    public ImmutableArray<SurviveScenario> Survive { get; }

    public ImmutableArray<PlacedSet> Sets { get; }

    public bool Knows(string host) => _setsOf.ContainsKey(host);

    /// <summary>Places of the host's sets in <see cref="Sets"/>, in their order; one that has several shards there is named as often.</summary>
    internal ImmutableArray<int> NumbersOf(string host) => _setsOf.TryGetValue(host, out var sets) ? sets : [];

    public IEnumerable<PlacedSet> SetsOf(string host) => _setsOf.TryGetValue(host, out var sets) ? sets.Distinct().Select(index => Sets[index]) : [];
}
