using System.Collections.Immutable;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>Canary stages, AZs and whole campaigns that are over.</summary>
internal static class StageProgress
{
    public static void Tell(Story story, string id, UpdateInput input)
    {
        var campaign = story.State.Campaigns[id];
        if (campaign.Over || campaign.Status == CampaignStatus.Halted)
        {
            return;
        }

        var gone = campaign.Azs.Values.Where(az => !az.Passed).SelectMany(az => az.Hosts).Where(host => campaign.IsOpen(host) && !input.Fleet.Hosts.ContainsKey(host) && !story.State.Outages.ContainsKey(host))
            .Select(host => new LeftHost(host, "it is no longer in the fleet")).ToImmutableArray();
        if (!gone.IsEmpty)
        {
            story.Tell(new HostsLeft(id, gone));
        }

        foreach (var (name, az) in story.State.Campaigns[id].Azs.Where(az => !az.Value.Passed))
        {
            Az(story, id, name, az);
        }

        if (campaign.Order.Rollout is null && story.State.Campaigns[id].Azs.Values.All(az => az.Passed))
        {
            story.Tell(new CampaignTurned(id, CampaignStatus.Done, "every host has ended"));
        }
    }

    /// <summary>Casualties and hosts that left count as ended: whether they are too many is for the sequential test to say. A rollout proves its release as a whole, and says itself when it is over.</summary>
    private static void Az(Story story, string id, string name, AzProgress az)
    {
        var stage = az.Stage;
        while (stage < az.Stages.Length && Ended(story.State.Campaigns[id], az, az.Stages[stage].Hosts))
        {
            stage++;
        }

        if (stage == az.Stages.Length)
        {
            var campaign = story.State.Campaigns[id];
            var clean = campaign.Order.Rollout is null && az.Hosts.Any(host => campaign.Hosts[host].End == HostEnd.Done);
            story.Tell(new AzPassed(id, name, clean ? [.. campaign.Order.Activities.Select(one => one.Artifact).Where(artifact => artifact.Length > 0 && !story.State.Proven.Contains(artifact))] : []));
        }
        else if (stage > az.Stage)
        {
            story.Tell(new StagePassed(id, name, stage));
        }
    }

    private static bool Ended(Campaign campaign, AzProgress az, int hosts)
    {
        foreach (var host in az.Hosts.AsSpan(0, hosts))
        {
            if (campaign.IsOpen(host))
            {
                return false;
            }
        }

        return true;
    }
}
