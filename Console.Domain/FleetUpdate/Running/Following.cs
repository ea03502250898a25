using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Deadlines;
using OpsConsole.Domain.FleetUpdate.Travelling;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>
/// What follows for a region's maintenance from what its hosts, its reservations, the cord and the clock say, in the order of law 4: the cord, then hosts that did not come back right and what they halt, then
/// deadlines, then progress. Casualty budget and deadlines of a rollout's campaign are its run's. Pure, and the same for the run and its preview.
/// </summary>
public static class Following
{
    public static ImmutableArray<IEvent> Of(FleetUpdateState state, UpdateInput input)
    {
        var story = new Story(state, input.Now);
        RolloutCampaigns.Tell(story, input);
        foreach (var campaign in story.State.Campaigns.Values.Where(one => one.Status is CampaignStatus.Running or CampaignStatus.Paused))
        {
            Cord(story, campaign, input);
        }

        foreach (var campaign in story.State.Campaigns.Values.Where(one => !one.Over))
        {
            Quarantines.Tell(story, campaign, input);
        }

        Adopted.Tell(story, input);
        Adopted.Join(story, input);
        OutageFate.Tell(story, input);
        foreach (var campaign in story.State.Campaigns.Keys.ToArray())
        {
            Casualties(story, campaign);
            if (story.State.Campaigns[campaign].Order.Rollout is null)
            {
                Overdue.Raise(story, campaign, input);
                Deadline(story, campaign, input);
            }

            StageProgress.Tell(story, campaign, input);
            Overdue.End(story, campaign);
        }

        return story.Events;
    }

    /// <summary>Nothing resumes by itself: a pull over any of its hosts halts the campaign until a person resumes it.</summary>
    private static void Cord(Story story, Campaign campaign, UpdateInput input)
    {
        if (input.Cord.Epoch <= campaign.CordEpoch)
        {
            return;
        }

        var held = campaign.Azs.Values.SelectMany(az => az.Hosts).FirstOrDefault(host => (campaign.IsOpen(host) || story.State.Outages.ContainsKey(host)) && input.PulledSince(host, campaign.CordEpoch));
        if (held is not null)
        {
            var last = input.Cord.Moves.LastOrDefault(move => move.Pulled && move.Epoch > campaign.CordEpoch);
            story.Tell(new CampaignTurned(campaign.Order.Id, CampaignStatus.Halted, last is null ? $"the cord was pulled over {held}" : $"{last.By} pulled the cord over {last.Scope}: {last.Reason}"));
        }
    }

    private static void Casualties(Story story, string id)
    {
        var campaign = story.State.Campaigns[id];
        if (campaign.Status is not (CampaignStatus.Running or CampaignStatus.Paused) || campaign.Ledger.All.Casualties == 0 || campaign.Order.Rollout is not null)
        {
            return;
        }

        var worst = campaign.Ledger.Standings(campaign.Order.Casualties).MaxBy(standing => (int)standing.Signal)!;
        if (worst.Signal == CasualtySignal.Halt)
        {
            story.Tell(new CampaignTurned(id, CampaignStatus.Halted, $"{worst.Count.Casualties} of {worst.Count.Hosts} hosts {Under(worst.Key)} did not come back right, and {worst.HaltAt} halt"));
        }
        else if (worst.Signal == CasualtySignal.Warn && story.Settled.FirstOrDefault(host => host.Host.Cause is not null && host.Outage.Items.Any(item => item.Campaign == id)) is { Outage: { } outage })
        {
            story.Tell(new CampaignSlowed(id, outage.Az, $"{outage.Host} did not come back right"));
        }
    }

    private static void Deadline(Story story, string id, UpdateInput input)
    {
        var campaign = story.State.Campaigns[id];
        if (campaign.Status is CampaignStatus.Running or CampaignStatus.Paused && input.Now >= campaign.Deadline && campaign.StatusSince < campaign.Deadline)
        {
            story.Tell(new CampaignTurned(id, CampaignStatus.Halted, $"its hosts were to be visited by {campaign.Deadline:u}, and not all were"));
        }
    }

    private static string Under(CasualtyKey? key) => key is null ? "in all" : $"of {key.Dimension.ToString().ToLowerInvariant()} {key.Value}";
}

/// <summary>Events on their way, and the state as it is with them.</summary>
internal sealed class Story(FleetUpdateState state, DateTimeOffset now)
{
    private readonly List<IEvent> _events = [];

    public FleetUpdateState State { get; private set; } = state;

    public ImmutableArray<IEvent> Events => [.. _events];

    /// <summary>Hosts that have been settled in it, with their outages.</summary>
    public List<(SettledHost Host, Outage Outage)> Settled { get; } = [];

    public void Tell(IEvent happened)
    {
        if (happened is HostsSettled settled)
        {
            Settled.AddRange(settled.Hosts.Where(host => State.Outages.ContainsKey(host.Host)).Select(host => (host, State.Outages[host.Host])));
        }

        State = FleetUpdateFold.Apply(State, happened, now);
        _events.Add(happened);
    }
}
