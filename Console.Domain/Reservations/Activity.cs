namespace OpsConsole.Domain.Reservations;

public enum ActivityKind
{
    OsPatch,
    Firmware,
    Software,
    HardwareRepair,
    Diagnostic,
    Reboot,
}

/// <summary>What the work takes from the host, in rising order.</summary>
public enum Disruption
{
    None,
    Restart,
    Reboot,
    PowerOff,
    DataDestroying,
}

/// <summary>One thing that is done on the host under its reservation.</summary>
/// <param name="Artifact">What is installed, such as <c>kernel-6.12.3</c>; null where nothing is.</param>
/// <param name="P99">How long it takes at most in 99 of 100 cases; null where nobody knows.</param>
public sealed record Activity(ActivityKind Kind, Disruption Disruption = Disruption.Reboot, string? Artifact = null, TimeSpan? P99 = null)
{
    /// <summary>Work that mends: it may be done on a host that is suspect.</summary>
    internal bool Mends => Kind is ActivityKind.HardwareRepair or ActivityKind.Diagnostic;
}
