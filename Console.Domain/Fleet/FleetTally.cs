using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>
/// A region's hosts, counted: how much capacity each AZ has for a service, and which releases serve. It is moved along with every change of a host, so that a tick over a million
/// hosts counts only those that changed. It always equals what counting anew would give.
/// </summary>
internal sealed class FleetTally
{
    private readonly ImmutableDictionary<(string Az, string Service), (int Hosts, int Out)> _capacity;
    private readonly ImmutableDictionary<(string Service, string Release), int> _serving;

    private FleetTally(ImmutableDictionary<(string Az, string Service), (int Hosts, int Out)> capacity, ImmutableDictionary<(string Service, string Release), int> serving, int withData) =>
        (_capacity, _serving, WithData) = (capacity, serving, withData);

    public static FleetTally Empty { get; } = new(
        ImmutableDictionary<(string Az, string Service), (int Hosts, int Out)>.Empty,
        ImmutableDictionary<(string Service, string Release), int>.Empty,
        0);

    /// <summary>Hosts that keep data.</summary>
    public int WithData { get; }

    public static FleetTally Of(IEnumerable<Host> hosts)
    {
        var moves = Empty.Begin();
        foreach (var host in hosts)
        {
            moves.Move(null, host);
        }

        return moves.End();
    }

    /// <summary>An AZ's hosts that carry customers of the service, and how many of them are out of service.</summary>
    public (int Hosts, int Out) Capacity(string az, string service) => _capacity.GetValueOrDefault((az, service));

    /// <summary>AZs in which hosts carry customers of the service.</summary>
    public IEnumerable<string> AzsOf(string service) => _capacity.Keys.Where(key => key.Service == service).Select(key => key.Az);

    /// <summary>Hosts of the AZ, of all services, that carry customers and are out of service.</summary>
    public int Out(string az)
    {
        var sum = 0;
        foreach (var (place, hosts) in _capacity)
        {
            sum += place.Az == az ? hosts.Out : 0;
        }

        return sum;
    }

    /// <summary>Whether a host of the service, validators too, is in service with another release than this one, or with one it never said.</summary>
    public bool ServesAnother(string service, string release) => _serving.Any(pair => pair.Key.Service == service && pair.Key.Release != release);

    /// <summary>Whether both count the same.</summary>
    public bool Same(FleetTally other) =>
        WithData == other.WithData && _capacity.Count == other._capacity.Count && _serving.Count == other._serving.Count && !_capacity.Except(other._capacity).Any() && !_serving.Except(other._serving).Any();

    public Moves Begin() => new(this);

    /// <summary>Changes on their way.</summary>
    internal sealed class Moves(FleetTally from)
    {
        private readonly Dictionary<(string Az, string Service), (int Hosts, int Out)> _capacity = [];
        private readonly Dictionary<(string Service, string Release), int> _serving = [];
        private int _withData;

        /// <param name="before">Null where the host is new.</param>
        /// <param name="after">Null where the host is gone.</param>
        public void Move(Host? before, Host? after)
        {
            if (before is not null)
            {
                Count(before, -1);
            }

            if (after is not null)
            {
                Count(after, 1);
            }
        }

        public FleetTally End()
        {
            var capacity = from._capacity.ToBuilder();
            foreach (var (key, by) in _capacity)
            {
                var (hosts, away) = capacity.GetValueOrDefault(key);
                Set(capacity, key, (hosts + by.Hosts, away + by.Out), empty: hosts + by.Hosts == 0);
            }

            var serving = from._serving.ToBuilder();
            foreach (var (key, by) in _serving)
            {
                Set(serving, key, serving.GetValueOrDefault(key) + by, empty: serving.GetValueOrDefault(key) + by == 0);
            }

            return new(capacity.ToImmutable(), serving.ToImmutable(), from.WithData + _withData);
        }

        private static void Set<TKey, TValue>(ImmutableDictionary<TKey, TValue>.Builder all, TKey key, TValue value, bool empty)
            where TKey : notnull
        {
            if (empty)
            {
                all.Remove(key);
            }
            else
            {
                all[key] = value;
            }
        }

        private void Count(Host host, int by)
        {
            _withData += host.Role == HostRole.Web ? 0 : by;
            if (!host.Validator)
            {
                var (hosts, away) = _capacity.GetValueOrDefault((host.Az, host.Service));
                _capacity[(host.Az, host.Service)] = (hosts + by, away + (host.State is HostState.InService or HostState.ReadOnly ? 0 : by));
            }

            if (host.State == HostState.InService)
            {
                var key = (host.Service, host.Release ?? "");
                _serving[key] = _serving.GetValueOrDefault(key) + by;
            }
        }
    }
}
