using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>
/// How many shards of each of a region's sets live in each AZ, counted along: from one question to the next only the hosts are looked at that were charged, discharged or changed between
/// them. What it says follows from the question alone; that it remembers is for speed. One question at a time.
/// </summary>
internal sealed class RegionStandings(PlacedSets placement)
{
    private readonly Dictionary<string, (int Az, bool Gone)> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _azs = new(StringComparer.Ordinal);

    /// <summary>Where each set's counts begin in <see cref="_alive"/>.</summary>
    private readonly Dictionary<int, int> _places = [];

    /// <summary>The counts, one for each AZ, set behind set.</summary>
    private int[] _alive = [];
    private HostDictionary<Host>? _fleet;
    private ChargeChange _change;
    private IReadOnlySet<string>? _missing;

    /// <summary>The set's shards that live, by AZ, as the question has it; in no stated order.</summary>
    public ReadOnlySpan<int> Alive(int set) => _places.TryGetValue(set, out var place) ? _alive.AsSpan(place, _azs.Count) : [];

    /// <summary>Which entry of <see cref="Alive"/> the host's AZ is; -1 where the host counts as gone.</summary>
    public int LivesIn(string host) => _hosts.TryGetValue(host, out var known) && !known.Gone ? known.Az : -1;

    public void TurnTo(SafetyQuestion question)
    {
        var fleet = question.Fleet.Hosts;
        var charges = ChargeChange.Between(_change, question.Held.Change);
        if (charges is null || _fleet is null || !fleet.SameIdsAs(_fleet) || !Follow(question, charges, fleet))
        {
            Count(question);
        }

        (_fleet, _change, _missing) = (fleet, question.Held.Change, question.Missing);
    }

    private bool Follow(SafetyQuestion question, IReadOnlyList<string> charges, HostDictionary<Host> fleet)
    {
        if (!ReferenceEquals(fleet, _fleet))
        {
            foreach (var host in fleet.ChangedSince(_fleet))
            {
                if (!_azs.TryGetValue(host.Az, out var az) || !_hosts.TryGetValue(host.Id, out var known) || known.Az != az)
                {
                    return false;
                }

                Turn(question, host.Id);
            }
        }

        foreach (var host in ReferenceEquals(_missing, question.Missing) || _missing is null ? charges : charges.Concat(_missing).Concat(question.Missing))
        {
            Turn(question, host);
        }

        return true;
    }

    private void Turn(SafetyQuestion question, string host)
    {
        if (_hosts.TryGetValue(host, out var known) && question.Gone(host) is var gone && gone != known.Gone)
        {
            _hosts[host] = known with { Gone = gone };
            foreach (var set in placement.NumbersOf(host))
            {
                _alive[_places[set] + known.Az] += gone ? -1 : 1;
            }
        }
    }

    private void Count(SafetyQuestion question)
    {
        _hosts.Clear();
        _azs.Clear();
        _places.Clear();
        Array.Clear(_alive);
        foreach (var host in question.Fleet.Hosts.Values)
        {
            _azs.TryAdd(host.Az, _azs.Count);
        }

        foreach (var host in question.Fleet.Hosts.Values)
        {
            var (az, gone) = (_azs[host.Az], question.Gone(host.Id));
            _hosts[host.Id] = (az, gone);
            foreach (var set in placement.NumbersOf(host.Id))
            {
                var place = PlaceOf(set);
                _alive[place + az] += gone ? 0 : 1;
            }
        }
    }

    private int PlaceOf(int set)
    {
        if (!_places.TryGetValue(set, out var place))
        {
            _places[set] = place = _places.Count * _azs.Count;
            if (place + _azs.Count > _alive.Length)
            {
                Array.Resize(ref _alive, Math.Max(place + _azs.Count, 2 * _alive.Length));
            }
        }

        return place;
    }
}
