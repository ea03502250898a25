using System.Globalization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>What the service says about its data. Without an answer nothing is granted.</summary>
internal static class ServiceChecks
{
    public static Denial? NotCovered(Host host) =>
        new Denial(ReservationCheck.HostNotCovered, host.Id, DenialClass.NeedsHuman, $"No service says what data {host.Id} ({host.Service}) holds.", "Give its placement, by file, webhook or the service itself.", "person").With("service", host.Service);

    public static Denial? Unreachable(ISafetyAuthority authority, SafetyAnswer answer, Host host) =>
        answer.Unreachable is { } why
            ? new Denial(ReservationCheck.ServiceUnreachable, host.Id, DenialClass.Backoff, $"{authority.Name} gave no answer: {why}.", "Ask again later; without its answer nothing is granted.", "later").With("authority", authority.Name)
            : null;

    public static Denial? Stale(GrantStep step, ISafetyAuthority authority, SafetyAnswer answer, Host host) =>
        answer.Age > step.Policy.PlacementMaxAge
            ? new Denial(ReservationCheck.PlacementStale, host.Id, DenialClass.Backoff, $"What {authority.Name} knows is {answer.Age.TotalSeconds:F0} s old, and {step.Policy.PlacementMaxAge.TotalSeconds:F0} s is the most.", "Ask again when it is fresh.", "placement")
                .With("epoch", answer.Epoch.ToString(CultureInfo.InvariantCulture))
                .With("age", answer.Age.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture))
            : null;

    public static Denial? Conflict(SafetyAnswer answer, Host host) =>
        answer.Conflict is { } activity
            ? new Denial(ReservationCheck.ConflictingActivity, host.Id, DenialClass.WaitForEvent, $"The service is busy with its data: {activity}.", "Wait until that has ended.", $"activity:{host.Id}").With("activity", activity)
            : null;

    /// <summary>Planned work only: what mends is how the set becomes whole.</summary>
    public static Denial? Steady(GrantStep step, SafetyAnswer answer, Host host) =>
        answer.Steady is { } objection && !step.Mends
            ? Short(
                    ReservationCheck.SteadyTierNotHeld,
                    host,
                    objection,
                    objection.Never ? $"Set {objection.Set} does not hold its steady tier even with every host there; it is short by {-objection.Slack}." : $"Set {objection.Set} does not hold its steady tier, with nobody at work; it is short by {-objection.Slack}. Lost: {string.Join(", ", objection.Blocking)}.",
                    objection.Never ? "Change its code, its placement or its steady tier." : "Have it mended first: one of those hosts back, or its data rebuilt elsewhere.")
                .With("tier", nameof(SafetyTier.Steady))
            : null;

    public static Denial? Placement(SafetyAnswer answer, Host host) =>
        answer.Objection is { } objection
            ? Short(
                ReservationCheck.PlacementConflict,
                host,
                objection,
                objection.Never ? $"Set {objection.Set} leaves no room: it would fall short of its policy with this host alone gone." : $"Set {objection.Set} would fall short of its policy by {-objection.Slack}; gone already: {string.Join(", ", objection.Blocking)}.",
                objection.Never ? "Change its code, its placement or its policy." : "Wait until one of those hosts is back, or rebuilt.")
            : null;

    /// <summary>A set that is short: only a person ends that where it always is, else the set's own hosts.</summary>
    private static Denial Short(ReservationCheck check, Host host, PlacementObjection objection, string why, string todo) =>
        new Denial(check, host.Id, objection.Never ? DenialClass.NeedsHuman : DenialClass.WaitForEvent, why, todo, objection.Never ? "person" : $"set:{objection.Set}")
            .With("set", objection.Set)
            .With("slack", objection.Slack.ToString(CultureInfo.InvariantCulture))
            .With("blocking", string.Join(",", objection.Blocking));
}
