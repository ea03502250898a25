namespace OpsConsole.Domain.Reservations;

public enum WorkerKind
{
    Human,

    /// <summary>Changes that were planned: patches, firmware, releases, reboots.</summary>
    PlannedAutomation,

    /// <summary>A robot that mends what it found broken.</summary>
    Remediation,

    /// <summary>A person in an emergency; no program may say it.</summary>
    Emergency,
}

/// <summary>Who works on the host.</summary>
/// <param name="Name">The actor's id, <c>person:ada</c>: taken from who sent the command, never from what it says.</param>
/// <param name="OnBehalfOf">The rollout, plan or ticket system it works for; a visit of that rollout passes the reservation.</param>
public sealed record Worker(WorkerKind Kind, string Name, string? OnBehalfOf = null)
{
    /// <summary>See <see cref="RequestReservations.Back"/>.</summary>
    public bool Back { get; init; }

    internal Fleet.VisitPurpose Purpose => Back ? Fleet.VisitPurpose.Rollback : Fleet.VisitPurpose.Forward;
}
