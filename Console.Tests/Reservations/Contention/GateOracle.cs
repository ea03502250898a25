using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Reservations.Contention;

/// <summary>The laws of the gate, kept in a book of its own from the events alone: it shares nothing with what decides.</summary>
internal sealed class GateOracle(RandomPlacement placed)
{
    private readonly Dictionary<string, (long Token, bool Live, long Epoch, bool Mended, bool New)> _charged = [];
    private readonly GrantLaws _laws = new(placed);
    private readonly Dictionary<string, long> _newest = [];
    private readonly Dictionary<string, Scope> _pulled = [];
    private readonly Dictionary<string, long> _lastPull = [];
    private readonly Dictionary<string, string> _azOf = placed.Hosts.ToDictionary(host => host.Id, host => host.Az);

    public List<string> Breaches { get; } = [];

    public int Grants { get; private set; }

    public int Expired { get; private set; }

    public int Pulls { get; private set; }

    public void After(ImmutableArray<Recorded> events, StreamStates states)
    {
        foreach (var recorded in events)
        {
            One(recorded);
        }

        SetsHold($"after {events[^1].Sequence}");
        CountsHold(states.Get<RegionReservations>(ReservationStreams.Of(RandomPlacement.Region)), events[^1]);
    }

    private void One(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case CordPulled e:
                Pulls++;
                _pulled[e.Id] = e.Scope;
                foreach (var host in placed.Hosts.Where(host => Over(e.Scope, host.Id)))
                {
                    _lastPull[host.Id] = e.Epoch;
                }

                break;
            case CordReleased e:
                _pulled.Remove(e.Id);
                break;
            case ReservationsGranted e:
                foreach (var host in e.Hosts)
                {
                    Grants++;
                    Check(!(_charged.TryGetValue(host.Host, out var taken) && taken.Live), $"{host.Host} was given out twice at {recorded.Sequence}");
                    Check(host.Token > _newest.GetValueOrDefault(host.Host), $"{host.Host} got the token {host.Token} again at {recorded.Sequence}");
                    Check(!_pulled.Values.Any(scope => Over(scope, host.Host)), $"{host.Host} was given out under the cord at {recorded.Sequence}");
                    _newest[host.Host] = host.Token;
                    var mended = taken.Token > 0 || e.Worker.Kind is WorkerKind.Remediation or WorkerKind.Emergency;
                    var brings = e.Activities.Any(one => one.Kind == ActivityKind.Software);
                    Breaches.AddRange(_laws.Broken(host.Host, planned: !mended && e.Activities.Any(one => one.Kind is not (ActivityKind.HardwareRepair or ActivityKind.Diagnostic)), fresh: taken.Token == 0, brings, Lost(), _charged.Keys, _charged.Where(one => one.Value.New).Select(one => one.Key)).Select(law => $"{law} at {recorded.Sequence}"));
                    _charged[host.Host] = (host.Token, true, e.CordEpoch, mended, brings);
                }

                var azs = _charged.Where(one => one.Value.Live).Select(one => _azOf[one.Key]).Distinct().ToArray();
                Check(azs.Length == 1, $"{string.Join(" and ", azs)} are worked in at {recorded.Sequence}");
                break;
            case ReservationAdvanced e:
                Check(_charged.TryGetValue(e.Host, out var held) && held.Live && held.Token == e.Token, $"{e.Host} is worked on without a reservation at {recorded.Sequence}");
                if (e.To is ReservationState.Draining or ReservationState.Executing)
                {
                    Check(!_pulled.Values.Any(scope => Over(scope, e.Host)), $"{e.Host} was begun under the cord at {recorded.Sequence}");
                    Check(held.Epoch >= _lastPull.GetValueOrDefault(e.Host), $"{e.Host} was begun under a grant from before a pull at {recorded.Sequence}");
                }

                break;
            case HostsSuspect e:
                foreach (var host in e.Hosts)
                {
                    Expired++;
                    _charged[host.Host] = _charged[host.Host] with { Live = false };
                }

                break;
            case HostWrittenOff e:
                _charged[e.Host] = _charged[e.Host] with { Live = false };
                break;
            case ReservationRenewed e:
                Check(_charged[e.Host].Token == e.Token, $"{e.Host} was renewed with an old token at {recorded.Sequence}");
                _charged[e.Host] = _charged[e.Host] with { Live = true };
                break;
            case HostFenced e:
                _newest[e.Host] = Math.Max(_newest[e.Host], e.Least - 1);
                break;
            case ReservationEnded e:
                Check(_charged.Remove(e.Host, out var ended) && ended.Token == e.Token, $"{e.Host} was given back with an old token at {recorded.Sequence}");
                break;
            default:
                break;
        }
    }

    /// <summary>Hosts that do not come back by themselves.</summary>
    private HashSet<string> Lost() => [.. _charged.Where(one => !one.Value.Live || one.Value.Mended).Select(one => one.Key)];

    /// <summary>By brute force: each set, each AZ lost, every charged host gone.</summary>
    private void SetsHold(string when)
    {
        foreach (var set in placed.Sets.Sets)
        {
            foreach (var lost in new[] { "r1a", "r1b", "r1c" })
            {
                Check(GrantLaws.Readable(set, host => !_charged.ContainsKey(host) && _azOf[host] != lost), $"{set.Id} cannot be read with {lost} lost {when}");
            }
        }
    }

    private void CountsHold(RegionReservations state, Recorded last)
    {
        if (last.Stream.Family != ReservationStreams.Family)
        {
            return;
        }

        Check(state.Tally.Same(HoldTally.Of(state.Charged.Values)), $"miscounted after {last.Event}");
        Check(state.NextExpiry == state.Charged.Values.Min(one => one.Live ? one.Expires : (DateTimeOffset?)null), $"the next expiry lost sight of after {last.Event}");
        Check(state.Charged.Count == _charged.Count && state.Charged.All(one => _charged.TryGetValue(one.Key, out var ours) && ours.Token == one.Value.Token && ours.Live == one.Value.Live), $"the state differs from the events after {last.Event}");
    }

    private bool Over(Scope scope, string host) => scope.Kind == ScopeKind.Global || (scope.Kind == ScopeKind.Az && scope.Name == _azOf[host]) || (scope.Kind == ScopeKind.Region && scope.Name == RandomPlacement.Region);

    private void Check(bool holds, string breach)
    {
        if (!holds)
        {
            Breaches.Add(breach);
        }
    }
}
