using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Grants;

namespace OpsConsole.Domain.Reservations.Leases;

/// <summary>What a holder may do with a reservation: lengthen it, go on with the work, give the host back, prove it healthy.</summary>
internal static class LeaseDecision
{
    public static Decision Renew(RegionReservations state, RenewReservation command, DecisionContext context)
    {
        if (HeldLease.Check(state, command.Host, command.Token, context, "renewed", out var held) is { } refused)
        {
            // An answer that got lost and a call that came twice look like this too, and nothing is wrong then.
            return refused;
        }

        return RequestRules.TtlProblem(command.Ttl, state.Policy) is { } ttl ? new Rejection(RejectionKind.Invalid, "reservation.ttl", $"{command.Host} was not renewed.", ttl, "Choose another.")
            : held.State == ReservationState.WrittenOff ? WrittenOff(held, "renewed")
            : context.Now + command.Ttl == held.Expires && held.Live ? Decision.Nothing
            : Decision.Accept(new ReservationRenewed(command.Host, command.Token, context.Now + command.Ttl));
    }

    public static Decision Advance(RegionReservations state, AdvanceReservation command, DecisionContext context)
    {
        if (HeldLease.Check(state, command.Host, command.Token, context, "worked on", out var held) is { } refused)
        {
            return refused;
        }

        if (held.State == command.To)
        {
            return Decision.Nothing;
        }

        if (!held.Live || context.Now >= held.Expires)
        {
            return new Rejection(RejectionKind.Conflict, "reservation.expired", $"{command.Host} was not worked on.", $"The lease ended at {held.Expires:u}.", "Renew it first, or give the host back.").With("expired", $"{held.Expires:u}");
        }

        if (!Follows(held.State, command.To))
        {
            return new Rejection(RejectionKind.Conflict, "reservation.order", $"{command.Host} was not worked on.", $"It is {held.State}, and {command.To} does not follow.", "Granted, draining, executing, verifying; restoring from any of them.");
        }

        return command.To is ReservationState.Draining or ReservationState.Executing && Stopped(held, command, context) is { } stop
            ? stop
            : Decision.Accept(new ReservationAdvanced(command.Host, command.Token, command.To));
    }

    public static Decision Release(RegionReservations state, ReleaseReservation command, DecisionContext context)
    {
        if (HeldLease.Check(state, command.Host, command.Token, context, "given back", out var held) is { } refused)
        {
            return refused;
        }

        if (!held.Live)
        {
            return Prove(state, held, command.Health, command.Sample, context);
        }

        var stateful = context.States.Get<RegionFleet>(FleetStreams.Of(state.Region)).Hosts.TryGetValue(command.Host, out var host) && host.Role != HostRole.Web;
        var trouble = command.Health != HostHealth.Healthy ? $"its holder gave it back as {command.Health.ToString().ToLowerInvariant()}"
            : command.Sample is { Mismatches: > 0 } bad ? $"a sample of {bad.Checked} shards had {bad.Mismatches} mismatches"
            : stateful && (held.Mends || (held.Begun && state.Policy.ReleaseNeedsSample)) && !Enough(command.Sample, state.Policy) ? $"it was given back without a sample of {state.Policy.ChecksumSample} shards"
            : null;
        return trouble is null
            ? Decision.Accept(new ReservationEnded(command.Host, command.Token, ReservationEnd.Released, command.Sample))
            : Decision.Accept(new HostsSuspect([new(command.Host, command.Token)], trouble));
    }

    /// <summary>Whoever may reserve hosts may prove one: its holder may be gone for good.</summary>
    public static Decision Prove(RegionReservations state, ProveHealthy command, DecisionContext context) =>
        HeldLease.Check(state, command.Host, command.Token, context, "proven healthy", out var held, anyone: true) is { } refused ? refused
        : held.Live ? new Rejection(RejectionKind.Conflict, "reservation.not-suspect", $"{command.Host} was not proven healthy.", $"It is {held.State}, not suspect.", "Give it back instead.")
        : Prove(state, held, HostHealth.Healthy, command.Sample, context);

    /// <summary>A host without data is proven by its word; one with data by what is read back.</summary>
    private static Decision Prove(RegionReservations state, Reservation held, HostHealth health, ChecksumSample? sample, DecisionContext context)
    {
        var known = context.States.Get<RegionFleet>(FleetStreams.Of(state.Region)).Hosts.TryGetValue(held.Host, out var host);
        var stateful = !known || host!.Role != HostRole.Web;
        return held.State == ReservationState.WrittenOff ? WrittenOff(held, "proven healthy")
            : sample is { Mismatches: > 0 } ? Decision.Accept(new SampleFailed(held.Host, held.Token, sample))
            : health != HostHealth.Healthy ? Decision.Nothing
            : stateful && !Enough(sample, state.Policy) ? new Rejection(RejectionKind.Blocked, "reservation.no-sample", $"{held.Host} stays suspect.", $"It holds data, and a sample of {state.Policy.ChecksumSample} shards must read back without a mismatch.", "Read them and send the figures.")
            : Decision.Accept(new ReservationEnded(held.Host, held.Token, ReservationEnd.ProvenHealthy, sample));
    }

    private static bool Enough(ChecksumSample? sample, ReservationPolicy policy) => sample is { Mismatches: 0 } && sample.Checked >= policy.ChecksumSample;

    private static bool Follows(ReservationState from, ReservationState to) =>
        to switch
        {
            ReservationState.Draining => from == ReservationState.Granted,
            ReservationState.Executing => from is ReservationState.Granted or ReservationState.Draining,
            ReservationState.Verifying => from is ReservationState.Executing or ReservationState.Restoring,
            ReservationState.Restoring => from is ReservationState.Draining or ReservationState.Executing or ReservationState.Verifying,
            _ => false,
        };

    /// <summary>The cord: as it is now, and any pull since the grant, released or not (law 9). Work that has begun is stopped only by pulls that let none finish.</summary>
    private static Rejection? Stopped(Reservation held, AdvanceReservation command, DecisionContext context)
    {
        var cord = context.States.Get<CordState>(CordStreams.Only);
        var fleet = context.States.Get<RegionFleet>(FleetStreams.Of(command.Region));
        if (!fleet.Hosts.TryGetValue(command.Host, out var host))
        {
            return new Rejection(RejectionKind.NotFound, "reservation.unknown-host", $"{command.Host} was not worked on.", "It is no longer in the fleet.", "Give it back, or write it off.");
        }

        var begun = held.Begun || (fleet.Visits.TryGetValue(command.Host, out var visit) && visit.Status == VisitStatus.Active && visit.Reservation == held.Token);
        return (begun ? cord.StopsWork(host, held.Worker.OnBehalfOf, held.Worker.Purpose) : cord.Blocks(host, held.Worker.Purpose, held.Worker.OnBehalfOf)) is { } pull ? AdmissionChecks.CordDenial(pull, command.Host).ToRejection()
            : (begun ? cord.StoppedSince(host, held.CordEpoch) : cord.PulledSince(host, held.CordEpoch))
                ? new Rejection(RejectionKind.Blocked, "reservation.emergency-cord-pulled", $"{command.Host} was not worked on.", "The cord was pulled over it after it was granted, and nothing resumes by itself.", "Give it back and ask anew.").With("granted-under", $"{held.CordEpoch}")
            : null;
    }

    private static Rejection WrittenOff(Reservation held, string what) =>
        new(RejectionKind.Conflict, "reservation.written-off", $"{held.Host} was not {what}.", $"It is written off since {held.Since:u}.", "Report when its data is rebuilt.");
}
