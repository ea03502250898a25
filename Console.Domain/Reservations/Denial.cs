using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>One check that failed for one host.</summary>
/// <param name="WakeOn">What would make asking again worth while: <c>released:h1</c>, <c>cord:c-4</c>, <c>az:a</c>, <c>later</c>, <c>person</c>, <c>nothing</c>.</param>
public sealed record Denial(ReservationCheck Check, string Host, DenialClass Class, string Why, string Do, string WakeOn)
{
    /// <summary>When to ask again, where that is known.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Blocking hosts, sets, holder, since, until.</summary>
    public ImmutableSortedDictionary<string, string> Evidence { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    internal Denial With(string name, string value) => this with { Evidence = Evidence.SetItem(name, value) };

    public Rejection ToRejection()
    {
        var kind = Check switch
        {
            ReservationCheck.UnknownHost => RejectionKind.NotFound,
            ReservationCheck.BadRequest => RejectionKind.Invalid,
            ReservationCheck.HostAlreadyReserved => RejectionKind.Conflict,
            ReservationCheck.ServiceUnreachable => RejectionKind.Unavailable,
            _ => RejectionKind.Blocked,
        };
        var refused = new Rejection(kind, $"reservation.{ReservationChecks.Word(Check)}", $"{Host} was not reserved.", Why, Do) { Evidence = Evidence }
            .With("host", Host)
            .With("check", Check.ToString())
            .With("class", Class.ToString())
            .With("wake-on", WakeOn);
        return RetryAt is { } at ? refused.With("retry-at", $"{at:u}") : refused;
    }
}
