using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations.Grants;
using OpsConsole.Domain.Reservations.Leases;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations;

/// <summary>The rules of one region's reservations. Deciding asks the services about their data; folding asks nobody.</summary>
/// <param name="freezes">Null where there is no calendar.</param>
/// <param name="proven">Null where nobody takes releases to hosts.</param>
public sealed class ReservationDecider(ISafetyAuthorities authorities, IChangeFreezes? freezes = null, IProvenReleases? proven = null) : IDecider<RegionReservations>
{
    public RegionReservations Initial(StreamId stream) => new(stream.FirstKey);

    public Decision Decide(RegionReservations state, ICommand command, DecisionContext context) =>
        command switch
        {
            RequestReservations request => GrantDecision.Decide(state, request, context, authorities, freezes, proven),
            RenewReservation renew => LeaseDecision.Renew(state, renew, context),
            AdvanceReservation advance => LeaseDecision.Advance(state, advance, context),
            ReleaseReservation release => LeaseDecision.Release(state, release, context),
            ProveHealthy prove => LeaseDecision.Prove(state, prove, context),
            RebuildFinished rebuilt => ChargeDecision.Rebuilt(state, rebuilt),
            WriteOff off => ChargeDecision.WriteOff(state, off, context),
            ForceRelease force => ChargeDecision.Force(state, force, context),
            ExpireReservations => ChargeDecision.Expire(state, context),
            GrantOverride give => ChargeDecision.Override(state, give, context),
            SetReservationPolicy set => set.Policy.Check() is { } wrong ? wrong : Decision.Accept(new ReservationPolicySet(set.Policy)),
            CountDenials count => count.Counts.IsEmpty ? Decision.Nothing : Decision.Accept(new DenialsCounted(count.Counts)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a reservations command"),
        };

    /// <summary>What a request would get now, and all that keeps it from more.</summary>
    public DryRun Examine(RegionReservations state, RequestReservations request, DecisionContext context) => GrantDecision.Examine(state, request, context, authorities, freezes, proven);

    public RegionReservations Apply(RegionReservations state, IEvent happened, DateTimeOffset at) => ReservationFold.Apply(state, happened, at);
}
