using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Domain.FleetUpdate.Orders;

/// <summary>An order's release must be known, free and the same artifact for every service whose hosts it reaches.</summary>
internal static class OrderedReleases
{
    /// <param name="services">Of the order's hosts; may name one more than once.</param>
    /// <returns>Why the order is not taken; null where it may be.</returns>
    public static Rejection? Refuse(CampaignOrder order, IEnumerable<string> services, IStates states)
    {
        if (order.Activities.FirstOrDefault(one => one.Kind == ActivityKind.Software) is not { Version: { } version } software)
        {
            return null;
        }

        return services.Distinct().Order(StringComparer.Ordinal)
            .Select(service => Refuse(service, version, software.Digest, states.Get<ReleaseCatalog>(ReleaseStreams.Of(service))))
            .FirstOrDefault(refused => refused is not null);
    }

    private static Rejection? Refuse(string service, string version, string? digest, ReleaseCatalog catalog) =>
        !catalog.Releases.TryGetValue(version, out var standing)
            ? Refused(RejectionKind.NotFound, "fleetupdate.unknown-release", $"{service} has no release {version}: it was never registered.", "Register it, or name only services that have it.", service, version)
        : standing.QuarantinedBy is { } by
            ? Refused(RejectionKind.Blocked, "fleetupdate.quarantined", $"{service} {version} is in quarantine since rollout {by}: {standing.QuarantineWhy}.", "Mend it under a new version, or let somebody clear the quarantine.", service, version).With("quarantined-by", by)
        : digest is not null && !string.Equals(digest, standing.Release.Digest, StringComparison.OrdinalIgnoreCase)
            ? Refused(RejectionKind.Conflict, "fleetupdate.other-digest", $"{service} {version} is registered with the digest {standing.Release.Digest}, and the order names {digest}.", "Leave the digest out, or order the version that this artifact was registered under.", service, version).With("registered", standing.Release.Digest).With("ordered", digest)
        : null;

    private static Rejection Refused(RejectionKind kind, string code, string why, string @do, string service, string version) =>
        new Rejection(kind, code, "The campaign was not ordered.", why, @do).With("service", service).With("release", version);
}
