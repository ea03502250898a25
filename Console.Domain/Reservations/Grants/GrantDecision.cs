using System.Collections.Immutable;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>Whether hosts are given out, in one step: each host is judged with those before it in the same request already charged.</summary>
internal static class GrantDecision
{
    public static Decision Decide(RegionReservations state, RequestReservations request, DecisionContext context, ISafetyAuthorities authorities, IChangeFreezes? freezes, IProvenReleases? proven)
    {
        if (RequestRules.Check(request, context, state.Policy) is { } wrong)
        {
            return wrong;
        }

        if (Known(state, request, context) is { } known)
        {
            return known;
        }

        var step = Step(state, request, context, authorities, freezes, proven, out var noOverride);
        if (step is null)
        {
            return Decision.Reject(noOverride!);
        }

        var (granted, denials, passed) = Judge(step, all: false);
        return granted.Length == 0 || (request.Max is null && denials.Length > 0)
            ? denials[0].ToRejection()
            : Decision.Accept(Event(step, granted, passed));
    }

    /// <summary>A dry run: what would be granted, and every check that fails, for each host. It decides nothing and changes nothing.</summary>
    public static DryRun Examine(RegionReservations state, RequestReservations request, DecisionContext context, ISafetyAuthorities authorities, IChangeFreezes? freezes, IProvenReleases? proven)
    {
        if (RequestRules.Check(request, context, state.Policy) is { } wrong)
        {
            return new([], [], wrong);
        }

        if (Known(state, request, context) is { } known)
        {
            return new(known.Rejection is null ? state.Requests.Held[request.Request].Hosts : [], [], known.Rejection);
        }

        if (Step(state, request, context, authorities, freezes, proven, out var noOverride) is not { } step)
        {
            return new([], [], noOverride);
        }

        var (granted, denials, _) = Judge(step, all: true);
        return new([.. granted.Select(host => host.Host)], denials, null);
    }

    /// <summary>The same id again gets the same answer, whatever the cord says now: it is not a new grant. One that has ended is not granted anew.</summary>
    private static Decision? Known(RegionReservations state, RequestReservations request, DecisionContext context)
    {
        if (state.Requests.Held.TryGetValue(request.Request, out var granted))
        {
            return granted.By == context.Actor.Id && SameHosts(granted, request) ? Decision.Nothing
                : new Rejection(RejectionKind.Conflict, "reservation.request-id", "Nothing was reserved.", $"The request id '{request.Request}' is taken by {granted.By} for other hosts.", "Choose another.").With("by", granted.By);
        }

        return state.Requests.HasEnded(request.Request)
            ? Decision.Reject(new(RejectionKind.Conflict, "reservation.request-ended", "Nothing was reserved.", $"The request '{request.Request}' was granted before, and its hosts were given back.", "Ask with a new id."))
            : null;
    }

    private static bool SameHosts(GrantedRequest granted, RequestReservations request) => granted.Hosts.All(host => request.Hosts.Contains(host));

    private static GrantStep? Step(RegionReservations state, RequestReservations request, DecisionContext context, ISafetyAuthorities authorities, IChangeFreezes? freezes, IProvenReleases? proven, out Rejection? refused)
    {
        refused = null;
        ReservationOverride? given = null;
        if (request.Override is { } id && !(state.Overrides.TryGetValue(id, out given) && given.For == context.Actor.Id && given.Expires > context.Now))
        {
            refused = new Rejection(RejectionKind.Blocked, "reservation.override", "Nothing was reserved.", $"There is no override '{id}' for {context.Actor.Id}, or it has expired.", "Ask a second person for one.");
            return null;
        }

        return new(state, context.States.Get<RegionFleet>(FleetStreams.Of(request.Region)), context.States.Get<CordState>(CordStreams.Only), request, context, authorities, freezes) { Override = given, Proven = proven };
    }

    private static (ImmutableArray<GrantedHost> Granted, ImmutableArray<Denial> Denials, ReservationCheck? Passed) Judge(GrantStep step, bool all)
    {
        var most = step.Request.Max ?? step.Request.Hosts.Length;
        var granted = ImmutableArray.CreateBuilder<GrantedHost>(Math.Min(most, step.Request.Hosts.Length));
        var denials = ImmutableArray.CreateBuilder<Denial>(0);
        ReservationCheck? passed = null;
        foreach (var host in step.Request.Hosts)
        {
            if (granted.Count == most)
            {
                break;
            }

            var verdict = HostChecks.Of(step, host, all);
            if (verdict.Granted is { } one)
            {
                granted.Add(one);
                passed ??= verdict.Passed;
                step = granted.Count < most ? step with { Held = ReservationFold.Apply(step.Held, Event(step, [one], null), step.Now) } : step;
                continue;
            }

            denials.AddRange(verdict.Denials);
            if (!all && step.Request.Max is null)
            {
                break;
            }
        }

        return (granted.DrainToImmutable(), denials.ToImmutable(), passed);
    }

    private static ReservationsGranted Event(GrantStep step, ImmutableArray<GrantedHost> hosts, ReservationCheck? passed)
    {
        var request = step.Request;
        return new(
            request.Request, new(request.Kind, step.Context.Actor.Id, request.OnBehalfOf) { Back = request.Back }, request.Activities, step.Context.Reason!, request.Ticket, request.Group, step.Now + request.Ttl, step.Cord.Epoch, hosts,
            passed is { } check ? new(step.Override!.Id, check) : null);
    }
}
