namespace OpsConsole.Domain.Fleet;

/// <summary>A wish for a visit.</summary>
/// <param name="Id">See <see cref="Visit.Id"/>.</param>
/// <param name="Limit">How long the whole visit may take, from 1 second to 24 hours.</param>
public sealed record VisitOrder(string Id, string Host, VisitPurpose Purpose, string? Release, string? Digest, string? Rollout, TimeSpan Limit);
