using OpsConsole.Domain.FleetUpdate.Running;

namespace OpsConsole.Domain.FleetUpdate.Deadlines;

/// <summary>What one host of a campaign waits for, in words.</summary>
internal static class HostWait
{
    public static string Of(FleetUpdateState state, Campaign campaign, string host, UpdateInput input)
    {
        if (state.Outages.TryGetValue(host, out var outage))
        {
            return outage.Seen?.Returned is { } returned ? $"its bake, which ends at {returned + outage.Bake:u}" : $"its own return: it is out since {outage.GrantedAt:u}, and its lease ends at {outage.Expires:u}";
        }

        if (campaign.Status is CampaignStatus.Halted or CampaignStatus.Paused)
        {
            return $"a person: the campaign is {campaign.Status.ToString().ToLowerInvariant()} since {campaign.StatusSince:u}: {campaign.Why}";
        }

        if (campaign.Held is { } held)
        {
            return held.Words;
        }

        if (state.Parked.TryGetValue(host, out var parked))
        {
            return $"what refused it since {parked.Since:u}: {parked.Why}; ended by {CampaignWait.Waker(parked)}";
        }

        var (name, az) = campaign.Azs.First(one => one.Value.Hosts.Contains(host));
        return Candidates.ActiveAz(state) is { } active && active != name ? $"the turn of {name}: {active} is not finished"
            : az.Hosts.IndexOf(host) >= az.Allowed ? $"the canary stage '{az.Stages[az.Stage].Name}' of {name}"
            : az.Velocity.Available(input.Now) == 0 ? "the campaign's pace"
            : "its turn";
    }
}
