using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations.Leases;

/// <summary>What becomes of charges whose permission has ended, and what takes a permission away.</summary>
internal static class ChargeDecision
{
    /// <summary>One event stays small: the rest come at the next tick.</summary>
    private const int MostAtOnce = 1_000;

    public static Decision Expire(RegionReservations state, DecisionContext context)
    {
        if (!(state.NextExpiry <= context.Now))
        {
            return Decision.Nothing;
        }

        var due = state.Charged.Values.Where(one => one.Live && one.Expires <= context.Now)
            .OrderBy(one => one.Expires).ThenBy(one => one.Host, StringComparer.Ordinal).Take(MostAtOnce).Select(one => new SuspectHost(one.Host, one.Token)).ToImmutableArray();
        return Decision.Accept(new HostsSuspect(due, "its lease ran out"));
    }

    public static Decision Rebuilt(RegionReservations state, RebuildFinished command) =>
        !state.Charged.TryGetValue(command.Host, out var held) || held.Token != command.Token ? HeldLease.NoSuch(command.Host, command.Token, "discharged")
        : held.Live ? new Rejection(RejectionKind.Conflict, "reservation.not-suspect", $"{command.Host} was not discharged.", $"It is {held.State}: somebody works on it.", "Wait for its release.")
        : Decision.Accept(new ReservationEnded(command.Host, command.Token, ReservationEnd.Rebuilt));

    public static Decision WriteOff(RegionReservations state, WriteOff command, DecisionContext context) =>
        !state.Charged.TryGetValue(command.Host, out var held) ? HeldLease.NoSuch(command.Host, state.LastToken(command.Host), "written off")
        : NoReason(command.Host, "written off", context) is { } refused ? refused
        : held.State == ReservationState.WrittenOff ? Decision.Nothing
        : Decision.Accept(new HostWrittenOff(command.Host, held.Token, context.Actor.Id, context.Reason!));

    public static Decision Force(RegionReservations state, ForceRelease command, DecisionContext context)
    {
        if (!state.Charged.TryGetValue(command.Host, out var held) || !held.Live)
        {
            return HeldLease.NoSuch(command.Host, state.LastToken(command.Host), "released by force");
        }

        if (NoReason(command.Host, "released by force", context) is { } refused)
        {
            return refused;
        }

        if (held.ForceProposedBy is not { } first)
        {
            return Decision.Accept(new ForceReleaseProposed(command.Host, held.Token, context.Actor.Id, context.Reason!));
        }

        if (first == context.Actor.Id)
        {
            return new Rejection(RejectionKind.Blocked, "reservation.second-person", $"{command.Host} was not released by force.", $"{first} proposed it, and a second person must confirm it.", "Ask somebody else with the role.").With("proposed-by", first);
        }

        // A host on which nothing was begun is as it was; any other may be half changed.
        return Decision.Accept(
            new HostFenced(command.Host, held.Token + 1),
            held.Begun
                ? new HostsSuspect([new(command.Host, held.Token)], $"taken from {held.Worker.Name} by {first} and {context.Actor.Id}: {context.Reason}")
                : new ReservationEnded(command.Host, held.Token, ReservationEnd.ForceReleased));
    }

    public static Decision Override(RegionReservations state, GrantOverride command, DecisionContext context)
    {
        Rejection No(RejectionKind kind, string why, string @do) => new(kind, "reservation.override", "The override was not given.", why, @do);
        return Fleet.HostRules.NameProblem(command.Id) is { } id ? No(RejectionKind.Invalid, $"Its id: {id}.", "Choose another.")
            : !ReservationChecks.MayBeOverridden(command.Check) ? No(RejectionKind.Invalid, $"{command.Check} is never passed.", "Wait until it holds no more.")
            : command.Lasts < TimeSpan.FromMinutes(1) || command.Lasts > TimeSpan.FromHours(24) ? No(RejectionKind.Invalid, $"It would last {command.Lasts}.", "Give it 1 minute to 24 hours.")
            : command.For.Length is 0 or > 200 ? No(RejectionKind.Invalid, "It does not say whom it is for.", "Name the actor, such as person:ada.")
            : command.For == context.Actor.Id ? No(RejectionKind.Blocked, "Nobody gives an override to themselves.", "Ask a second person.")
            : NoReason(command.Id, "overridden", context) is { } refused ? refused
            : state.Overrides.ContainsKey(command.Id) ? No(RejectionKind.Conflict, $"There is one named '{command.Id}' already.", "Choose another id.")
            : Decision.Accept(new OverrideGranted(new(command.Id, command.Check, command.Host, command.For, context.Actor.Id, context.Reason!, context.Now + command.Lasts)));
    }

    private static Rejection? NoReason(string thing, string what, DecisionContext context) =>
        string.IsNullOrWhiteSpace(context.Reason) ? new(RejectionKind.Invalid, "reservation.reason-missing", $"{thing} was not {what}.", "No reason was given.", "Say why.") : null;
}
