using System.Collections.Immutable;

namespace OpsConsole.Domain.Canaries.Scheduling;

/// <summary>
/// Who has which place in a period. A post keeps its place while it is there, a new one takes the lowest that is free: so all posts of a period lie evenly in it,
/// and one that comes or goes moves no other.
/// </summary>
public sealed record Roll(ImmutableDictionary<string, int> Places)
{
    public static readonly Roll Empty = new(ImmutableDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>The post's place in the period, in [0, 1).</summary>
    public double PhaseOf(string post) => Spread.Even(Places[post]);

    /// <summary>With exactly these posts.</summary>
    public Roll With(IEnumerable<string> posts)
    {
        var wished = posts.ToHashSet(StringComparer.Ordinal);
        var places = Places.RemoveRange(Places.Keys.Where(post => !wished.Contains(post))).ToBuilder();
        var taken = places.Values.ToHashSet();
        var free = 0;
        foreach (var post in wished.Where(post => !places.ContainsKey(post)).Order(StringComparer.Ordinal))
        {
            while (!taken.Add(free))
            {
                free++;
            }

            places[post] = free;
        }

        return new(places.ToImmutable());
    }
}
