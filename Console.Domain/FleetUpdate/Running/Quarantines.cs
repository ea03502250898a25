using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>
/// A campaign waits while a release that it still has to install is in quarantine: all of it, since each of its hosts is to be away once. What is out comes back; other campaigns go on.
/// </summary>
internal static class Quarantines
{
    public static void Tell(Story story, Campaign campaign, UpdateInput input)
    {
        var found = Found(campaign, input);
        if (found is { } hold && (campaign.Held is not { } held || (held.Service, held.Version) != (hold.Service, hold.Standing.Release.Version)))
        {
            story.Tell(new CampaignHeld(campaign.Order.Id, hold.Service, hold.Standing.Release.Version, $"rollout {hold.Standing.QuarantinedBy} was rolled back from it: {hold.Standing.QuarantineWhy}"));
        }
        else if (found is null && campaign.Held is not null)
        {
            story.Tell(new CampaignLetOn(campaign.Order.Id));
        }
    }

    private static (string Service, ReleaseStanding Standing)? Found(Campaign campaign, UpdateInput input)
    {
        for (var index = 0; index < campaign.Order.Activities.Length; index++)
        {
            if (campaign.Order.Activities[index] is not { Kind: ActivityKind.Software, Version: { } version })
            {
                continue;
            }

            foreach (var catalog in input.Releases.OrderBy(one => one.Service, StringComparer.Ordinal))
            {
                if (catalog.Releases.GetValueOrDefault(version) is { QuarantinedBy: not null } standing && Lacks(campaign, index, catalog.Service, input))
                {
                    return (catalog.Service, standing);
                }
            }
        }

        return null;
    }

    /// <summary>Whether a host of the service still has to get it.</summary>
    private static bool Lacks(Campaign campaign, int index, string service, UpdateInput input) =>
        campaign.Azs.Values.SelectMany(az => az.Hosts).Any(host =>
            campaign.IsOpen(host) && (campaign.Hosts.GetValueOrDefault(host, HostProgress.None).Done & (1 << index)) == 0 && input.Fleet.Hosts.TryGetValue(host, out var known) && known.Service == service);
}
