using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>Law 6 where visits begin: a host that somebody holds is not changed by others. A rollback passes, as a stop does; one that names a reservation is held to it.</summary>
public sealed class ReservedHosts : IVisitRule
{
    public Rejection? Refuses(RegionFleet fleet, IReadOnlyList<VisitOrder> orders, DecisionContext context)
    {
        var charged = context.States.Get<RegionReservations>(ReservationStreams.Of(fleet.Region)).Charged;
        return charged.IsEmpty && orders.All(order => order.Reservation is null) ? null
            : orders.Where(order => order.Purpose == VisitPurpose.Forward || order is { Purpose: VisitPurpose.Rollback, Reservation: not null })
                .Select(order => order.Reservation is { } token ? Under(charged, order, token, context) : Keeping(charged, order.Host, order.Rollout) is { } held ? Held(order, held) : null)
                .FirstOrDefault(refused => refused is not null);
    }

    /// <summary>Nothing is changed on a host before its reservation says that it is: who looks at the journal later knows whether it had begun.</summary>
    public bool MayLeave(Visit visit, string region, IStates states) =>
        visit.Reservation is not { } token || visit.Step != HostStep.Install
        || (states.Get<RegionReservations>(ReservationStreams.Of(region)).Charged.TryGetValue(visit.Host, out var held) && held.Token == token && held.State == ReservationState.Executing);

    /// <summary>The live reservation that keeps this rollout's work from the host; null where none does.</summary>
    /// <param name="rollout">Null for work of no rollout.</param>
    public static Reservation? Keeping(NameDictionary<Reservation> charged, string host, string? rollout) =>
        charged.TryGetValue(host, out var held) && held.Live && (rollout is null || held.Worker.OnBehalfOf != rollout) ? held : null;

    /// <summary>Work that names a reservation is done while that one holds, and under its token only.</summary>
    private static Rejection? Under(NameDictionary<Reservation> charged, VisitOrder order, long token, DecisionContext context) =>
        !charged.TryGetValue(order.Host, out var held) || held.Token != token || !held.Live || context.Now >= held.Expires
            ? held is { Live: true } && held.Token != token ? Held(order, held)
                : new Rejection(RejectionKind.Blocked, "fleet.reservation-ended", $"No visit can begin on {order.Host}.", $"The reservation {order.Host}:{token} it would be done under does not hold.", "Ask for the host anew.").With("token", $"{token}")
            : context.Now + order.Limit > held.Expires ? new Rejection(RejectionKind.Blocked, "fleet.reservation-too-short", $"No visit can begin on {order.Host}.", $"It may take {order.Limit}, and the reservation ends at {held.Expires:u}.", "Renew the reservation, or give the visit less time.").With("until", $"{held.Expires:u}")
            : null;

    private static Rejection Held(VisitOrder order, Reservation held) =>
        new Rejection(RejectionKind.Blocked, "fleet.reserved", $"No visit can begin on {order.Host}.", $"{held.Worker.Name} holds it since {held.GrantedAt:u}: {held.Reason}.", "Wait until it is released, or ask who holds it.")
            .With("holder", held.Worker.Name)
            .With("since", $"{held.GrantedAt:u}")
            .With("until", $"{held.Expires:u}");
}
