using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts;

/// <summary>The rules of a service's releases.</summary>
public sealed class ReleaseDecider : IDecider<ReleaseCatalog>
{
    public const int LongestDescription = 500;

    public ReleaseCatalog Initial(StreamId stream) => new(stream.Key);

    public Decision Decide(ReleaseCatalog state, ICommand command, DecisionContext context) =>
        command switch
        {
            RegisterRelease register => Register(state, register.Release),
            AdoptRelease adopt => Known(state, adopt.Version) ?? Adopt(state, adopt.Version, context),
            ProveRelease prove => Known(state, prove.Version) ?? Decision.Accept(new ReleaseProvenGood(prove.Version, prove.Rollout)),
            QuarantineRelease quarantine => Known(state, quarantine.Version) ?? Quarantine(state, quarantine),
            ClearQuarantine clear => Known(state, clear.Version) ?? Clear(state, clear.Version, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a release command"),
        };

    public ReleaseCatalog Apply(ReleaseCatalog state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            ReleaseRegistered e => state with { Releases = state.Releases.SetItem(e.Release.Version, new(e.Release, at, null, null, null, null)) },
            ReleaseProvenGood e => Change(state, e.Version, standing => standing with { ProvenBy = e.Rollout, ProvenAt = at }),
            ReleaseQuarantined e => Change(state, e.Version, standing => standing with { QuarantinedBy = e.Rollout, QuarantineWhy = e.Why, QuarantinedAt = at }),
            QuarantineCleared e => Change(state, e.Version, standing => standing with { QuarantinedBy = null, QuarantineWhy = null }),
            _ => state,
        };

    private static Decision Register(ReleaseCatalog state, Release release)
    {
        if (!PipelineRules.IsName(release.Service) || !PipelineRules.IsName(release.Version) || release.Description.Length > LongestDescription || !IsDigest(release.Digest))
        {
            return new Rejection(RejectionKind.Invalid, "release.invalid", "The release was not registered.", "Service and version are 1 to 64 letters, digits, '-', '_' or '.'; the digest is 'sha256:' and 64 hex digits; the description has at most 500 characters.", "Correct it and send it again.");
        }

        if (!state.Releases.TryGetValue(release.Version, out var known))
        {
            return Decision.Accept(new ReleaseRegistered(release));
        }

        return known.Release == release
            ? Decision.Nothing
            : new Rejection(RejectionKind.Conflict, "release.exists", $"{release.Service} {release.Version} was not registered.", $"It is registered already, with {(known.Release.Digest == release.Digest ? "other promises" : $"the digest {known.Release.Digest}")}.", "Give changed artifacts a new version.");
    }

    private static Decision Adopt(ReleaseCatalog state, string version, DecisionContext context)
    {
        var standing = state.Releases[version];
        // The console itself may adopt what it made the hosts of its own worlds with.
        if (string.IsNullOrWhiteSpace(context.Reason) && context.Actor.Kind != ActorKind.Engine)
        {
            return new Rejection(RejectionKind.Invalid, "release.reason-missing", $"{state.Service} {version} was not adopted.", "No reason was given.", "Say how it is known that the fleet runs it and that it is good.");
        }

        if (standing.QuarantinedBy is { } by)
        {
            return new Rejection(RejectionKind.Blocked, "release.quarantined", $"{state.Service} {version} was not adopted.", $"It is in quarantine since rollout {by}: {standing.QuarantineWhy}.", "Clear the quarantine first.");
        }

        return standing.ProvenAt is null ? Decision.Accept(new ReleaseProvenGood(version, "bootstrap")) : Decision.Nothing;
    }

    private static Decision Quarantine(ReleaseCatalog state, QuarantineRelease command) =>
        state.Releases[command.Version].QuarantinedBy is null ? Decision.Accept(new ReleaseQuarantined(command.Version, command.Rollout, command.Why)) : Decision.Nothing;

    private static Decision Clear(ReleaseCatalog state, string version, DecisionContext context)
    {
        if (state.Releases[version].QuarantinedBy is null)
        {
            return Decision.Nothing;
        }

        return string.IsNullOrWhiteSpace(context.Reason)
            ? new Rejection(RejectionKind.Invalid, "release.reason-missing", $"The quarantine of {state.Service} {version} was not cleared.", "No reason was given.", "Say why it is safe now.")
            : Decision.Accept(new QuarantineCleared(version, context.Actor.Id, context.Reason));
    }

    private static Decision? Known(ReleaseCatalog state, string version) =>
        state.Releases.ContainsKey(version)
            ? null
            : Decision.Reject(new(RejectionKind.NotFound, "release.unknown", $"{state.Service} has no release {version}.", "It was never registered.", "Register it, or look at the list of releases."));

    private static ReleaseCatalog Change(ReleaseCatalog state, string version, Func<ReleaseStanding, ReleaseStanding> change) =>
        state.Releases.TryGetValue(version, out var standing) ? state with { Releases = state.Releases.SetItem(version, change(standing)) } : state;

    private static bool IsDigest(string digest) => digest.Length == 71 && digest.StartsWith("sha256:", StringComparison.Ordinal) && digest[7..].All(char.IsAsciiHexDigit);
}
