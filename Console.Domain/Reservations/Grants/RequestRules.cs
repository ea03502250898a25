using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>What any request must keep to before it is looked at.</summary>
internal static class RequestRules
{
    private const int LongestText = 200;

    public static Rejection? Check(RequestReservations request, DecisionContext context, ReservationPolicy policy) =>
        Words(request, context, policy) is { } wrong
            ? new Rejection(RejectionKind.Invalid, "reservation.bad-request", "Nothing was reserved.", wrong, "Correct the request.").With("class", DenialClass.Never.ToString())
            : null;

    /// <summary>Leases are from a second to what the region allows, a day at most.</summary>
    public static string? TtlProblem(TimeSpan ttl, ReservationPolicy policy) =>
        ttl < ReservationPolicy.ShortestTtl || ttl > policy.MaxTtl ? $"The lease is {ttl}; it must be from {ReservationPolicy.ShortestTtl} to {policy.MaxTtl}." : null;

    private static string? Words(RequestReservations request, DecisionContext context, ReservationPolicy policy) =>
        string.IsNullOrEmpty(request.Request) || request.Request.Length > LongestText || request.Request.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || request.Request.AsSpan().IndexOfAnyInRange('\u007f', '\u009f') >= 0 ? $"Its id must have 1 to {LongestText} characters, none of them a control character."
        : request.Hosts.IsDefaultOrEmpty || request.Hosts.Length > RequestReservations.MostHosts ? $"It must name 1 to {RequestReservations.MostHosts} hosts."
        : request.Hosts.FirstOrDefault(host => HostRules.NameProblem(host) is not null) is { } odd ? $"'{(odd.Length > 80 ? odd[..80] : odd)}' is no host's name."
        : request.Hosts.Length > 1 && request.Hosts.Distinct().Count() < request.Hosts.Length ? "It names a host twice."
        : request.Max is { } max && (max < 1 || max > request.Hosts.Length) ? $"It wants {max} of {request.Hosts.Length} hosts."
        : request.Activities.IsDefaultOrEmpty || request.Activities.Length > RequestReservations.MostActivities ? $"It must name 1 to {RequestReservations.MostActivities} activities."
        : request.Activities.Any(activity => activity is null || !Enum.IsDefined(activity.Kind) || !Enum.IsDefined(activity.Disruption) || activity.Artifact?.Length > LongestText || activity.P99 < TimeSpan.Zero) ? "One of its activities is not valid."
        : !Enum.IsDefined(request.Kind) ? "It does not say who works."
        : request.Kind == WorkerKind.Emergency && context.Actor.Kind != ActorKind.Person ? "Only a person, signed in as one, may say that it is an emergency."
        : request.Back && context.Actor.Kind != ActorKind.Engine ? "Only the console's own rollbacks take hosts back."
        : TtlProblem(request.Ttl, policy) is { } ttl ? ttl
        : string.IsNullOrWhiteSpace(context.Reason) ? "It gives no reason."
        : Odd(request.OnBehalfOf) || Odd(request.Ticket) || Odd(request.Override) || Odd(request.Group) ? $"On-behalf-of, ticket, override and group have 1 to {LongestText} characters where they are given."
        : null;

    private static bool Odd(string? text) => text?.Length is 0 or > LongestText;
}
