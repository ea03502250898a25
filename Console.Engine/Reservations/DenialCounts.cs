using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Engine.Reservations;

/// <summary>Denials since they were last journaled, by region and check. A denial is no event: a robot that asks ten times a second would fill the journal.</summary>
public sealed class DenialCounts
{
    private readonly ConcurrentDictionary<(string Region, ReservationCheck Check), long> _counts = new();

    public void Add(string region, ReservationCheck check) => _counts.AddOrUpdate((region, check), 1, (_, count) => count + 1);

    /// <summary>Takes the counts of all regions; what is not journaled is given back with <see cref="GiveBack"/>.</summary>
    public IReadOnlyDictionary<string, ImmutableSortedDictionary<ReservationCheck, long>> Take()
    {
        var taken = new List<(string Region, ReservationCheck Check, long Count)>();
        foreach (var key in _counts.Keys)
        {
            if (_counts.TryRemove(key, out var count))
            {
                taken.Add((key.Region, key.Check, count));
            }
        }

        return taken.GroupBy(one => one.Region).ToDictionary(region => region.Key, region => region.ToImmutableSortedDictionary(one => one.Check, one => one.Count));
    }

    public void GiveBack(string region, ImmutableSortedDictionary<ReservationCheck, long> counts)
    {
        foreach (var (check, count) in counts)
        {
            _counts.AddOrUpdate((region, check), count, (_, more) => more + count);
        }
    }
}
