using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations.Leases;

/// <summary>Whether the sender of a call holds the reservation it speaks of: the newest token, and the same actor.</summary>
internal static class HeldLease
{
    /// <param name="anyone">Whether the newest token is enough, whoever sends it.</param>
    public static Rejection? Check(RegionReservations state, string host, long token, DecisionContext context, string what, out Reservation held, bool anyone = false)
    {
        var newest = Math.Max(state.LastToken(host), state.Fences.GetValueOrDefault(host));
        var charged = state.Charged.TryGetValue(host, out held!);
        return token < newest ? Stale(host, token, newest, what, charged ? held : null)
            : !charged || held.Token != token ? NoSuch(host, token, what)
            : !anyone && context.Actor.Kind != ActorKind.Engine && held.Worker.Name != context.Actor.Id
                ? new Rejection(RejectionKind.Conflict, "reservation.not-holder", $"{host} was not {what}.", $"{held.Worker.Name} holds it, not {context.Actor.Id}.", "Ask its holder; or have it released by force, with a second person.").With("holder", held.Worker.Name)
            : null;
    }

    public static Rejection NoSuch(string host, long token, string what) =>
        new Rejection(RejectionKind.NotFound, "reservation.none", $"{host} was not {what}.", $"There is no reservation of it with the token {token.ToString(CultureInfo.InvariantCulture)}.", "Look at who holds it; ask anew.").With("host", host);

    private static Rejection Stale(string host, long token, long newest, string what, Reservation? now) =>
        new Rejection(
                RejectionKind.Conflict,
                "reservation.stale-fencing-token",
                $"{host} was not {what}.",
                $"The token {token.ToString(CultureInfo.InvariantCulture)} is void: {newest.ToString(CultureInfo.InvariantCulture)} is the least that counts{(now is null ? "" : $", and {now.Worker.Name} holds the host since {now.GrantedAt:u}")}.",
                "Stop working on the host. Ask anew.")
            .With("token", token.ToString(CultureInfo.InvariantCulture))
            .With("newest", newest.ToString(CultureInfo.InvariantCulture));
}
