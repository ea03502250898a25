namespace OpsConsole.Domain.Reservations;

/// <summary>The named checks in the order in which they are made, cheap first; a denial names the first that fails.</summary>
public enum ReservationCheck
{
    UnknownHost,
    BadRequest,
    EmergencyCordPulled,
    ChangeFreeze,
    HostAlreadyReserved,
    HostSuspect,
    HostCoolingDown,
    AzNotActive,
    InsufficientOfflineCapacity,

    /// <summary>What is lost in the AZ could not be rebuilt there.</summary>
    InsufficientRepairCapacity,
    FleetLimitReached,
    VelocityLimited,
    CasualtyBudgetExhausted,
    ServiceUnreachable,
    PlacementStale,
    HostNotCovered,
    ConflictingActivity,
    RackConflict,

    /// <summary>A set is not whole enough while nobody works: it is mended first.</summary>
    SteadyTierNotHeld,
    PlacementConflict,

    /// <summary>A set would lie on one release alone, and that one is unproven.</summary>
    VersionSkew,

    /// <summary>Not a check: overriding it passes the placement check whatever is lost.</summary>
    DataLossAccepted,
}

/// <summary>What becomes of a denied request.</summary>
public enum DenialClass
{
    /// <summary>It is wrong; asking again never helps.</summary>
    Never,

    /// <summary>Something named ends it; then it is worth asking again.</summary>
    WaitForEvent,

    /// <summary>Ask again later, less and less often.</summary>
    Backoff,

    /// <summary>Only a person ends it.</summary>
    NeedsHuman,
}

public static class ReservationChecks
{
    /// <summary>Whether a second person may let somebody pass it. Exclusiveness, the cord and one AZ at a time are never passed.</summary>
    public static bool MayBeOverridden(ReservationCheck check) =>
        check is not (ReservationCheck.UnknownHost or ReservationCheck.BadRequest or ReservationCheck.EmergencyCordPulled or ReservationCheck.HostAlreadyReserved or ReservationCheck.AzNotActive);

    /// <summary>As codes and evidence write it: <c>host-already-reserved</c>.</summary>
    public static string Word(ReservationCheck check) => Words[(int)check];

    private static readonly string[] Words = [.. Enum.GetNames<ReservationCheck>().Select(name =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString())))];
}
