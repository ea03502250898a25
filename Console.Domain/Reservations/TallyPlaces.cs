using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OpsConsole.Domain.Reservations;

/// <summary>What a charge is counted by.</summary>
internal enum TallyBy
{
    Az,
    AzService,
    Rack,
    Model,
    Service,
    Activity,

    /// <summary>Charges that are live, by AZ.</summary>
    Live,

    /// <summary>Charges that are not.</summary>
    Trouble,
}

internal readonly record struct TallyKey(TallyBy By, string First, string Second);

/// <summary>
/// Which place among a region's counts each name has. Versions of a tally share it and it only grows, by names of the fleet (AZs, racks, models, services) and kinds of activity; a place
/// that an older version has no count for counts zero there.
/// </summary>
internal sealed class TallyPlaces
{
    private readonly ConcurrentDictionary<TallyKey, int> _places = new();
    private ImmutableArray<(string Az, int Place)> _live = [];

    /// <summary>The places of <see cref="TallyBy.Live"/>.</summary>
    public ImmutableArray<(string Az, int Place)> Live => _live;

    public ICollection<TallyKey> All => _places.Keys;

    public int? Find(TallyKey key) => _places.TryGetValue(key, out var place) ? place : null;

    public int Of(TallyKey key) => _places.TryGetValue(key, out var known) ? known : New(key);

    private int New(TallyKey key)
    {
        lock (_places)
        {
            if (_places.TryGetValue(key, out var known))
            {
                return known;
            }

            var place = _places.Count;
            if (key.By == TallyBy.Live)
            {
                ImmutableInterlocked.Update(ref _live, live => live.Add((key.First, place)));
            }

            _places[key] = place;
            return place;
        }
    }
}
