using System.Collections.Immutable;
using OpsConsole.Domain.Reservations;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Reservations;

/// <summary>A region's reservations as the page shows them.</summary>
/// <param name="Regions">All regions one may choose from.</param>
/// <param name="Live">Hosts somebody may work on, those whose lease ends next first.</param>
/// <param name="Suspects">Hosts that are charged without a permission, longest first.</param>
/// <param name="Denials">How often each check denied and was overridden, most first.</param>
public sealed record ReservationsModel(ImmutableArray<string> Regions, string Region, bool Simulated, ImmutableArray<Reservation> Live, ImmutableArray<Reservation> Suspects, ImmutableArray<CheckLine> Denials, long Granted, ReservationPolicy Policy)
{
    public static ReservationsModel Of(ImmutableArray<string> regions, bool simulated, RegionReservations state) =>
        new(
            regions,
            state.Region,
            simulated,
            [.. state.Charged.Values.Where(one => one.Live).OrderBy(one => one.Expires).ThenBy(one => one.Host, StringComparer.Ordinal)],
            [.. state.Suspects.OrderBy(one => one.Since).ThenBy(one => one.Host, StringComparer.Ordinal)],
            [.. state.Denials.Keys.Union(state.Overridden.Keys).Select(check => new CheckLine(check, state.Denials.GetValueOrDefault(check), state.Overridden.GetValueOrDefault(check))).OrderByDescending(line => line.Denied).ThenBy(line => line.Check)],
            state.Granted,
            state.Policy);

    public static StateKind Kind(ReservationState state) =>
        state switch
        {
            ReservationState.Granted => StateKind.Idle,
            ReservationState.Draining or ReservationState.Executing or ReservationState.Restoring => StateKind.Run,
            ReservationState.Verifying => StateKind.Bake,
            ReservationState.Suspect => StateKind.Warn,
            _ => StateKind.Bad,
        };

    public static string Words(ReservationState state) => state == ReservationState.WrittenOff ? "written off" : state.ToString().ToLowerInvariant();

    public static string Words(WorkerKind kind) =>
        kind switch { WorkerKind.Human => "person", WorkerKind.PlannedAutomation => "planned automation", WorkerKind.Remediation => "remediation", _ => "emergency" };

    public static string Words(Reservation one) => string.Join(", ", one.Activities.Select(activity => $"{activity.Kind}{(activity.Artifact is { } artifact ? $" {artifact}" : "")}"));

    /// <summary>What would end the charge of a suspect host.</summary>
    public string Clears(Reservation one) =>
        one.State == ReservationState.WrittenOff ? "its data rebuilt elsewhere"
        : $"a sample of {Ages.Count(Policy.ChecksumSample)} shards without a mismatch (a web host: its word), its data rebuilt elsewhere, or a renewal by {one.Worker.Name}";

    /// <summary>When the console itself pulls the cord, line by line.</summary>
    public static IEnumerable<(string What, string Limit)> AutoPulls(ReservationPolicy policy)
    {
        const string Never = "never pulls";
        var pull = policy.AutoPull;
        yield return ("Hosts that did not come back right", pull.Casualties is { } many ? $"{many} or more within {Span(pull.CasualtyWindow)}" : Never);
        yield return ("Shards to spare", pull.SlackFloor is { } floor ? $"a set with fewer than {floor} for {Span(pull.FloorFor)}" : Never);
        yield return ("Nines", pull.NinesFloor is { } nines ? $"fewer than {nines:0.#} for {Span(pull.FloorFor)}" : Never);
        yield return ("Age of the placement under work", pull.PlacementStale is { } stale ? $"over {Span(stale > policy.PlacementMaxAge ? stale : policy.PlacementMaxAge)}" : Never);
    }

    private static string Span(TimeSpan time) => time.TotalHours >= 1 ? $"{time.TotalHours:0.#} h" : time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0.#} min" : $"{time.TotalSeconds:0} s";

    /// <summary>What a forced release reaches.</summary>
    public static string BlastRadius(Reservation one) =>
        $"{one.Host} in {one.Az}, held by {one.Worker.Name} for: {one.Reason}. Its token {one.Token} is void at once; {(one.Begun ? "work was begun, so the host becomes suspect" : "no work was begun, so the host is free")}. {(one.ForceProposedBy is { } first ? $"{first} proposed it; you would confirm it." : "A second person must confirm it.")}";
}

public sealed record CheckLine(ReservationCheck Check, long Denied, long Overridden);
