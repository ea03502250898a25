using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations.Contention;

/// <summary>What must be so in the moment before a host is charged, by brute force.</summary>
internal sealed class GrantLaws(RandomPlacement placed)
{
    private readonly Dictionary<string, string> _azOf = placed.Hosts.ToDictionary(host => host.Id, host => host.Az);
    private readonly HashSet<string> _old = [.. placed.Hosts.Where(host => host.Release != RandomPlacement.NewRelease).Select(host => host.Id)];

    /// <param name="planned">The work was planned, and does not mend.</param>
    /// <param name="fresh">The host was not charged.</param>
    /// <param name="brings">The work brings the new release.</param>
    /// <param name="lost">Hosts that do not come back by themselves.</param>
    /// <param name="charged">All that are reserved or suspect.</param>
    /// <param name="given">Those of them that are being given the new release.</param>
    public IEnumerable<string> Broken(string host, bool planned, bool fresh, bool brings, HashSet<string> lost, IReadOnlyCollection<string> charged, IEnumerable<string> given)
    {
        var sets = placed.Sets.Sets.Where(set => set.Hosts.Contains(host)).ToArray();
        if (planned && !placed.Sets.Steady.IsEmpty)
        {
            foreach (var set in sets.Where(set => !Steady(set, lost)))
            {
                yield return $"{host} was given out for planned work while {set.Id} did not hold its steady tier";
            }
        }

        if (fresh && placed.Sets.Bytes is { } bytes)
        {
            var free = placed.Hosts.Where(one => one.Az == _azOf[host] && one.Id != host && !charged.Contains(one.Id)).Sum(one => bytes.Of(one.Id).Free);
            var need = lost.Count(one => _azOf[one] == _azOf[host]) * RandomPlacement.StoredEach;
            if (free < need)
            {
                yield return $"{host} was given out with {free} bytes left free in its AZ and {need} to rebuild";
            }
        }

        if (brings && _old.Contains(host))
        {
            var kept = _old.Except(given).Except(lost).Where(one => one != host).ToHashSet();
            foreach (var set in sets.Where(set => !set.Hosts.Any(kept.Contains)))
            {
                yield return $"{host} was given out for a release that nobody proved and that {set.Id} would lie on alone";
            }
        }
    }

    /// <summary>By the rank of what is there, where the set has local groups.</summary>
    public static bool Readable(PlacedSet set, Func<string, bool> there)
    {
        var left = Enumerable.Range(0, set.Hosts.Length).Where(shard => there(set.Hosts[shard])).ToHashSet();
        return set.Groups.Sum(group => Math.Min(group.Length - 1, group.Count(left.Contains))) + left.Count(shard => !set.Groups.Any(group => group.Contains(shard))) >= set.K;
    }

    /// <summary>With any AZ lost, and any one host more.</summary>
    private bool Steady(PlacedSet set, HashSet<string> lost) =>
        new[] { "r1a", "r1b", "r1c" }.All(az => set.Hosts.All(more => Readable(set, host => host != more && !lost.Contains(host) && _azOf[host] != az)));
}
