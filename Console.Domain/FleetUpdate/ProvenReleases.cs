using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Domain.FleetUpdate;

/// <summary>
/// A release is proven as an artifact of Fleet Update is: it passed a whole AZ, in this region or another. A rollout, which proves its release as a whole only when it has ended, counts from its
/// first AZ on too; so does a release that any rollout completed with.
/// </summary>
public sealed class ProvenReleases : IProvenReleases
{
    public bool IsProven(IStates states, Host host, string version)
    {
        var artifact = $"{ActivityKind.Software}/{version}";
        return Passed(states.Get<FleetUpdateState>(FleetUpdateStreams.Of(host.Region)), artifact)
            || states.Get<ReleaseCatalog>(ReleaseStreams.Of(host.Service)).Releases.GetValueOrDefault(version) is { ProvenAt: not null }
            || states.All<FleetUpdateState>(FleetUpdateStreams.Family).Any(other => other.State.Region != host.Region && Passed(other.State, artifact));
    }

    private static bool Passed(FleetUpdateState state, string artifact) =>
        state.Proven.Contains(artifact)
        || state.Campaigns.Values.Any(campaign => campaign.Order.Activities.Any(one => one.Artifact == artifact && (one.ProvenBy is not null || campaign.Azs.Values.Any(az => az.Passed && az.Hosts.Any(host => campaign.Hosts.GetValueOrDefault(host)?.End == HostEnd.Done)))));
}
