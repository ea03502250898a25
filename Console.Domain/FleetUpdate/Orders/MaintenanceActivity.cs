using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Orders;

/// <summary>One thing that a campaign does on each of its hosts.</summary>
/// <param name="Version">Of the firmware, the patch or the release; null for a repair and a reboot.</param>
/// <param name="P50">How long it takes in half of the cases, the restart of the host not counted.</param>
/// <param name="P99">How long at most in 99 of 100 cases.</param>
public sealed record MaintenanceActivity(ActivityKind Kind, string? Version, TimeSpan P50, TimeSpan P99)
{
    public static readonly TimeSpan LongestBake = TimeSpan.FromDays(7);

    public Disruption Disruption { get; init; } = Disruption.Reboot;

    /// <summary>Of a release, <c>sha256:…</c>: the host refuses another. Null where nobody announced one.</summary>
    public string? Digest { get; init; }

    /// <summary>How long after its return what befalls a host is this activity's.</summary>
    public TimeSpan Bake { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Where it passed an AZ before, in the words of who orders it; null where it has to prove itself here.</summary>
    public string? ProvenBy { get; init; }

    /// <summary>What is proven or not: kind and version. Empty where nothing is installed.</summary>
    public string Artifact => Version is null ? "" : $"{Kind}/{Version}";

    /// <summary>The place in one outage: hardware below firmware, below the operating system, below the software.</summary>
    public int Layer => Kind switch
    {
        ActivityKind.HardwareRepair => 0,
        ActivityKind.Firmware => 1,
        ActivityKind.OsPatch => 2,
        ActivityKind.Software => 3,
        _ => 4,
    };

    /// <summary>What it is as a change of the visit; null for a release, which the visit names itself.</summary>
    public HostChange? Change => Kind switch
    {
        ActivityKind.HardwareRepair => new(HostChangeKind.Repair),
        ActivityKind.Firmware => new(HostChangeKind.Firmware, Version),
        ActivityKind.OsPatch => new(HostChangeKind.OsPatch, Version),
        ActivityKind.Reboot => new(HostChangeKind.Reboot),
        _ => null,
    };

    public string? Problem =>
        Kind is not (ActivityKind.OsPatch or ActivityKind.Firmware or ActivityKind.Software or ActivityKind.HardwareRepair or ActivityKind.Reboot) ? $"{Kind} is no activity of a campaign"
        : !Enum.IsDefined(Disruption) ? "its disruption is not known"
        : Kind is ActivityKind.HardwareRepair or ActivityKind.Reboot ? (Version is null ? Times : $"{Kind} takes no version")
        : HostRules.NameProblem(Version) is { } version ? $"the version of {Kind}: {version}"
        : Digest is { Length: > 200 } || ProvenBy is { Length: 0 or > 200 } ? "a digest and what proved it have 1 to 200 characters"
        : Times;

    private string? Times =>
        P50 <= TimeSpan.Zero || P99 < P50 || P99 > TimeSpan.FromHours(12) ? $"the times of {Kind} are not over 0, p50 up to p99, and p99 up to 12 hours"
        : Bake < TimeSpan.Zero || Bake > LongestBake ? $"the bake of {Kind} is not from 0 to 7 days"
        : null;
}
