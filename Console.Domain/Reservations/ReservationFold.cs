using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>What each event makes of the state.</summary>
internal static class ReservationFold
{
    private const int OverridesKept = 1_000;

    public static RegionReservations Apply(RegionReservations state, IEvent happened, DateTimeOffset at) =>
        happened is ReservationsGranted granted ? Granted(state, granted, at) : Other(state, happened, at);

    private static RegionReservations Other(RegionReservations state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            ReservationRenewed e => Changed(state, e.Host, one => (one.Live ? one : one.To(Before(one), at)) with { Expires = e.Expires }),
            ReservationAdvanced e => Changed(state, e.Host, one => one.To(e.To, at)),
            ReservationEnded e => Ended(state, e.Host, at),
            HostsSuspect e => e.Hosts.Aggregate(state, (so, host) => Changed(so, host.Host, one => one.To(ReservationState.Suspect, at, e.Why))),
            SampleFailed e => Changed(state, e.Host, one => one.Live ? one : one with { Trouble = $"a sample of {e.Sample.Checked} shards had {e.Sample.Mismatches} mismatches" }),
            HostWrittenOff e => Changed(state, e.Host, one => one.To(ReservationState.WrittenOff, at, $"written off by {e.By}: {e.Reason}")),
            ForceReleaseProposed e => Changed(state, e.Host, one => one with { ForceProposedBy = e.By }),
            HostFenced e => state with { Fences = state.Fences.SetItem(e.Host, e.Least) },
            OverrideGranted e => state with { Overrides = Room(state.Overrides, at).SetItem(e.Override.Id, e.Override) },
            ReservationPolicySet e => state with { Policy = e.Policy, Resting = e.Policy.CoolDown > TimeSpan.Zero ? state.Resting : state.Resting.Clear() },
            DenialsCounted e => state with { Denials = e.Counts.Aggregate(state.Denials, (all, one) => all.SetItem(one.Key, all.GetValueOrDefault(one.Key) + one.Value)) },
            _ => state,
        };

    private static RegionReservations Granted(RegionReservations state, ReservationsGranted e, DateTimeOffset at)
    {
        var (charged, requests, change, tally, last) = (state.Charged, state.Requests, state.Change, state.Tally.Begin(), state.Last);
        var (worker, activities, reason) = (e.Worker, e.Activities, e.Reason);
        if (last is not null)
        {
            worker = worker == last.Worker ? last.Worker : worker;
            activities = activities.AsSpan().SequenceEqual(last.Activities.AsSpan()) ? last.Activities : activities;
            reason = reason == last.Reason ? last.Reason : reason;
        }

        var hosts = ImmutableArray.CreateBuilder<string>(e.Hosts.Length);
        foreach (var host in e.Hosts)
        {
            charged.TryGetValue(host.Host, out var taken);
            last = new Reservation(host.Host, host.Az, host.Rack, host.Model, host.Service, host.Token, e.Request, worker, activities, reason, at, e.Expires, e.CordEpoch, host.PlacementEpoch)
            {
                Ticket = e.Ticket,
                Group = e.Group,
                Mends = taken is not null,
            };
            tally.Move(taken, last);
            charged = charged.SetItem(host.Host, last);
            change = change.Next(host.Host);
            requests = taken is null ? requests : requests.HostEnded(taken.Request);
            hosts.Add(host.Host);
        }

        return state with
        {
            Charged = charged,
            Change = change,
            Tally = tally.End(),
            Next = state.Next?.With(e.Expires),
            Last = last,
            Requests = requests.Granted(e.Request, worker.Name, hosts.MoveToImmutable()),
            Pace = state.Pace.Add(e.Hosts.Length, at),
            Granted = state.Granted + e.Hosts.Length,
            Ledger = state.Ledger + 1,
            Overridden = e.Used is { } used ? state.Overridden.SetItem(used.Check, state.Overridden.GetValueOrDefault(used.Check) + 1) : state.Overridden,
            LastOffline = null,
        };
    }

    private static RegionReservations Changed(RegionReservations state, string host, Func<Reservation, Reservation> change)
    {
        if (!state.Charged.TryGetValue(host, out var before))
        {
            return state;
        }

        var after = change(before);
        var next = state.Next;
        if (before.Live != after.Live || before.Expires != after.Expires)
        {
            next = before.Live ? next?.Without(before.Expires) : next;
            next = after.Live ? next?.With(after.Expires) : next;
        }

        var tally = state.Tally;
        if (before.Live != after.Live)
        {
            var moves = tally.Begin();
            moves.Move(before, after);
            tally = moves.End();
        }

        return state with { Charged = state.Charged.SetItem(host, after), Change = before.Live == after.Live ? state.Change : state.Change.Next(host), Ledger = before.Live == after.Live ? state.Ledger : state.Ledger + 1, Tally = tally, Next = next, LastOffline = null };
    }

    private static RegionReservations Ended(RegionReservations state, string host, DateTimeOffset at)
    {
        if (!state.Charged.TryGetValue(host, out var ended))
        {
            return state;
        }

        var moves = state.Tally.Begin();
        moves.Move(ended, null);
        return state with
        {
            Charged = state.Charged.Remove(host),
            Change = state.Change.Next(host),
            Tally = moves.End(),
            Next = ended.Live ? state.Next?.Without(ended.Expires) : state.Next,
            Tokens = state.Tokens.SetItem(host, ended.Token),
            Requests = state.Requests.HostEnded(ended.Request),
            Resting = state.Policy.CoolDown > TimeSpan.Zero ? state.Resting.SetItem(host, at) : state.Resting,
            Ledger = state.Ledger + 1,
            LastOffline = null,
        };
    }

    /// <summary>A lease that is renewed after it ran out goes on where it was.</summary>
    private static ReservationState Before(Reservation one) =>
        one.Steps.LastOrDefault(step => step.State is not (ReservationState.Suspect or ReservationState.WrittenOff))?.State ?? ReservationState.Granted;

    /// <summary>Expired ones go when there are many.</summary>
    private static ImmutableDictionary<string, ReservationOverride> Room(ImmutableDictionary<string, ReservationOverride> all, DateTimeOffset now) =>
        all.Count < OverridesKept ? all : all.RemoveRange(all.Values.Where(one => one.Expires <= now).Select(one => one.Id));
}
