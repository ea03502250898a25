using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>A wish for a visit.</summary>
/// <param name="Id">See <see cref="Visit.Id"/>.</param>
/// <param name="Limit">How long the whole visit may take, from 1 second to 24 hours.</param>
public sealed record VisitOrder(string Id, string Host, VisitPurpose Purpose, string? Release, string? Digest, string? Rollout, TimeSpan Limit)
{
    /// <summary>What is done besides the release, in order; there may be no release where there is any.</summary>
    public ImmutableArray<HostChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The fencing token of the reservation it is done under; null for none.</summary>
    public long? Reservation { get; init; }
}
