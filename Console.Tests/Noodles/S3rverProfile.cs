using System.Collections.Immutable;

namespace OpsConsole.Tests.Noodles;

/// <summary>What s3rver 3.7.1 is known not to do, found by running against it.</summary>
internal static class S3rverProfile
{
    public static ImmutableSortedSet<string> Lacks { get; } = [];

    /// <summary>By scenario, with the reason.</summary>
    public static ImmutableSortedDictionary<string, string> Differences { get; } = ImmutableSortedDictionary<string, string>.Empty;
}
