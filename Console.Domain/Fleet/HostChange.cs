using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>What a visit does on a host besides its release, in the order in which it is done: firmware below the operating system, that below the software.</summary>
public enum HostChangeKind
{
    /// <summary>Hands on the hardware.</summary>
    Repair,
    Firmware,
    OsPatch,
    Reboot,
}

/// <summary>One such thing.</summary>
/// <param name="Version">What the host is to say it has afterwards; null for a repair and for a reboot, which leave no version.</param>
public sealed record HostChange(HostChangeKind Kind, string? Version = null)
{
    public const int MostInVisit = 8;

    /// <summary>What is wrong with the changes of one visit, in words; null where nothing is.</summary>
    public static string? Problem(ImmutableArray<HostChange> changes) =>
        changes.Length > MostInVisit ? $"It names {changes.Length} changes, and {MostInVisit} is the most."
        : changes.Any(change => change is null || !Enum.IsDefined(change.Kind)) ? "One of its changes is not known."
        : changes.Select(change => change.Kind).Distinct().Count() < changes.Length ? "It names a kind of change twice."
        : changes.Select(change => change.Kind).Zip(changes.Select(change => change.Kind).Order()).Any(pair => pair.First != pair.Second) ? "Its changes are out of order: repair, firmware, OS patch, reboot."
        : changes.FirstOrDefault(change => LeavesVersion(change.Kind) && HostRules.NameProblem(change.Version) is not null) is { } unnamed ? $"{unnamed.Kind} '{(unnamed.Version is { Length: > 80 } longer ? longer[..80] : unnamed.Version)}' is no version."
        : null;

    /// <summary>Whether the host itself has to say the version afterwards.</summary>
    public static bool LeavesVersion(HostChangeKind kind) => kind is HostChangeKind.Firmware or HostChangeKind.OsPatch;

    /// <summary>What comes from outside, cut to size.</summary>
    internal static ImmutableArray<HostChange> Bounded(ImmutableArray<HostChange> said) =>
        said.IsDefaultOrEmpty ? [] : [.. said.Where(change => change is not null && Enum.IsDefined(change.Kind) && HostRules.NameProblem(change.Version) is null).DistinctBy(change => change.Kind).Take(MostInVisit)];
}

/// <summary>Shards that a host read back and checked at the end of a visit.</summary>
public sealed record ShardSample(int Checked, int Mismatches);
