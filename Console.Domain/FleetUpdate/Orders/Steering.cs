using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.FleetUpdate.Orders;

/// <summary>Pausing, resuming and cancelling. Hosts that are out come back in any case.</summary>
internal static class Steering
{
    public static Decision Decide(FleetUpdateState state, SteerCampaign command, DecisionContext context)
    {
        if (!state.Campaigns.TryGetValue(command.Campaign ?? "", out var campaign))
        {
            return new Rejection(RejectionKind.NotFound, "fleetupdate.unknown", "Nothing was changed.", $"{state.Region} has no campaign {command.Campaign}.", "Look at the list of campaigns.");
        }

        if (campaign.Order.Rollout is { } part)
        {
            return new Rejection(RejectionKind.Conflict, "fleetupdate.of-rollout", $"{campaign.Order.Id} was not changed.", $"It changes hosts for the rollout {part.Id}, which says alone when it goes on.", $"Pause, resume, abort or roll back {part.Id}; the cord stops both.").With("rollout", part.Id);
        }

        var why = string.IsNullOrWhiteSpace(context.Reason) ? $"by {context.Actor.Id}" : $"{context.Actor.Id}: {context.Reason}";
        return (command.Intent, campaign.Status) switch
        {
            (_, CampaignStatus.Cancelled or CampaignStatus.Done) => No(campaign, RejectionKind.Conflict, $"It is {campaign.Status} since {campaign.StatusSince:u}.", "Order another one."),
            (CampaignIntent.Pause, CampaignStatus.Paused or CampaignStatus.Halted) => Decision.Nothing,
            (CampaignIntent.Resume, CampaignStatus.Running) => Decision.Nothing,
            (CampaignIntent.Pause, _) => Turned(campaign, CampaignStatus.Paused, why),
            (CampaignIntent.Cancel, _) when NoReason(context) => No(campaign, RejectionKind.Invalid, "It gives no reason.", "Say why."),
            (CampaignIntent.Cancel, _) => Turned(campaign, CampaignStatus.Cancelled, why),
            (CampaignIntent.Resume, CampaignStatus.Halted) when NoReason(context) => No(campaign, RejectionKind.Invalid, $"It was halted: {campaign.Why}. It gives no reason to go on.", "Say why it may go on."),
            (CampaignIntent.Resume, _) => Resume(state, campaign, context, why),
            _ => No(campaign, RejectionKind.Invalid, $"{command.Intent} is not known.", "Pause, resume or cancel it."),
        };
    }

    private static Decision Resume(FleetUpdateState state, Campaign campaign, DecisionContext context, string why)
    {
        var cord = context.States.Get<CordState>(CordStreams.Only);
        var fleet = context.States.Get<RegionFleet>(FleetStreams.Of(state.Region));
        var pull = campaign.Azs.Values.SelectMany(az => az.Hosts).Where(campaign.IsOpen).Select(host => fleet.Hosts.TryGetValue(host, out var known) ? cord.Blocks(known, VisitPurpose.Forward) : null).FirstOrDefault(one => one is not null);
        return pull is null
            ? Decision.Accept(new CampaignTurned(campaign.Order.Id, CampaignStatus.Running, why, cord.Epoch))
            : No(campaign, RejectionKind.Blocked, $"{pull.By} pulled the cord over {pull.Scope} at {pull.At:u}, and it is not released: {pull.Reason}.", "Release it first.");
    }

    private static bool NoReason(DecisionContext context) => string.IsNullOrWhiteSpace(context.Reason);

    private static Decision Turned(Campaign campaign, CampaignStatus to, string why) => Decision.Accept(new CampaignTurned(campaign.Order.Id, to, why));

    private static Decision No(Campaign campaign, RejectionKind kind, string why, string @do) => new Rejection(kind, "fleetupdate.not-steered", $"{campaign.Order.Id} was not changed.", why, @do);
}
