using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>A version of a service with its artifact and its promises.</summary>
/// <param name="Version">Unique within the service; letters, digits, <c>-</c>, <c>.</c>; at most 64 characters.</param>
/// <param name="Digest">Of the artifact, <c>sha256:</c> and 64 hex digits; hosts refuse another.</param>
/// <param name="RollForwardOnly">Data written by it cannot be read by earlier releases: it is never rolled back, only followed.</param>
/// <param name="Description">What its makers say of it, at most 500 characters.</param>
public sealed record Release(string Service, string Version, string Digest, bool RollForwardOnly, string Description);

public static class ReleaseStreams
{
    /// <summary>One stream a service, <c>release/web</c>: all its releases, which are proven good, which quarantined.</summary>
    public const string Family = "release";

    public static StreamId Of(string service) => new($"{Family}/{service}");
}

/// <summary>Makes a release known. The same release again changes nothing; the same version with another digest is refused.</summary>
public sealed record RegisterRelease(Release Release) : ICommand
{
    public StreamId Stream => ReleaseStreams.Of(Release.Service);

    public Permission Needs => Permission.RegisterReleases;

    public Scope Scope => Scope.OfService(Release.Service);
}

[EventType("release.registered")]
public sealed record ReleaseRegistered(Release Release) : IEvent;

[EventType("release.proven-good")]
public sealed record ReleaseProvenGood(string Version, string Rollout) : IEvent;

/// <summary>No rollout may take it until a person clears it.</summary>
[EventType("release.quarantined")]
public sealed record ReleaseQuarantined(string Version, string Rollout, string Why) : IEvent;

[EventType("release.quarantine-cleared")]
public sealed record QuarantineCleared(string Version, string By, string Reason) : IEvent;

/// <summary>State of one service's releases.</summary>
public sealed record ReleaseCatalog(string Service)
{
    public ImmutableDictionary<string, ReleaseStanding> Releases { get; init; } = ImmutableDictionary<string, ReleaseStanding>.Empty;

    /// <summary>Where hosts may go back to: <paramref name="before"/> if it is proven good and not quarantined, else the one proven last; never <paramref name="from"/>.</summary>
    public Release? RollbackTarget(string from, string? before)
    {
        var good = Releases.Values.Where(standing => standing is { ProvenAt: not null, QuarantinedBy: null } && standing.Release.Version != from).ToArray();
        var target = good.FirstOrDefault(standing => standing.Release.Version == before)
            ?? good.OrderByDescending(standing => standing.ProvenAt).ThenBy(standing => standing.Release.Version, StringComparer.Ordinal).FirstOrDefault();
        return target?.Release;
    }
}

/// <summary>One release and what became of it.</summary>
/// <param name="ProvenBy">The rollout that completed with it last; null where none did.</param>
/// <param name="QuarantinedBy">The rollout that was rolled back from it; null where it is free.</param>
public sealed record ReleaseStanding(Release Release, DateTimeOffset RegisteredAt, string? ProvenBy, DateTimeOffset? ProvenAt, string? QuarantinedBy, string? QuarantineWhy)
{
    public DateTimeOffset? QuarantinedAt { get; init; }
}
