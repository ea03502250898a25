using OpsConsole.Domain.Reservations;

namespace OpsConsole.Web.Reservations;

/// <param name="Next">Send as <c>after</c> for the next page; null on the last one.</param>
public sealed record ReservationPage(Reservation[] Reservations, string? Next);

/// <summary>A region in figures.</summary>
/// <param name="Denials">How often each check denied; counted once a minute.</param>
/// <param name="Overridden">How often each check was passed by an override.</param>
public sealed record RegionFigures(string Region, int Live, int Suspects, long Granted, IReadOnlyDictionary<ReservationCheck, long> Denials, IReadOnlyDictionary<ReservationCheck, long> Overridden)
{
    public static RegionFigures Of(RegionReservations state) => new(state.Region, state.Charged.Count - state.Casualties, state.Casualties, state.Granted, state.Denials, state.Overridden);
}

/// <param name="Granted">All hosts the request holds.</param>
/// <param name="NotGranted">Why the others were not, where as many as go were asked for.</param>
public sealed record GrantAnswer(Reservation[] Granted, Denial[] NotGranted);

/// <param name="Denials">Every check that fails, by host, in the order of the checks.</param>
public sealed record DryRunAnswer(string[] WouldGrant, Denial[] Denials);

/// <param name="Problem">Why its file cannot be used; null where it can.</param>
public sealed record AuthorityAnswer(string Service, string Name, string? Problem);
