using System.Collections.Immutable;

namespace OpsConsole.Domain.Canaries;

/// <summary>State of the stream <c>canaries</c>: what canaries there are, and which are muted.</summary>
public sealed record CanaryBook
{
    public const int MostCanaries = 500;
    public const int MostMutes = 150;
    public const int MostRemoved = 1_000;

    public static readonly CanaryBook Empty = new();

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, KnownCanary> Canaries { get; init; } = ImmutableSortedDictionary<string, KnownCanary>.Empty;

    /// <summary>Names that were removed and not put again: what ships with a world does not come back by itself. The last <see cref="MostRemoved"/>.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>One a canary and region; over when their time is.</summary>
    public ImmutableArray<CanaryMute> Mutes { get; init; } = [];

    /// <summary>The mute that holds here now; null for none. One of every region counts too.</summary>
    public CanaryMute? MuteOf(string canary, string region, DateTimeOffset now) =>
        Mutes.FirstOrDefault(mute => mute.Canary == canary && (mute.Region is null || mute.Region == region) && mute.Until > now);
}

/// <param name="Since">When it was put as it is now, UTC.</param>
/// <param name="By">Actor id.</param>
public sealed record KnownCanary(Canary Canary, DateTimeOffset Since, string By);

/// <param name="Region">Null for every region.</param>
/// <param name="Until">When it ends by itself, UTC.</param>
/// <param name="By">Actor id.</param>
public sealed record CanaryMute(string Canary, string? Region, DateTimeOffset Since, DateTimeOffset Until, string By, string Reason);
