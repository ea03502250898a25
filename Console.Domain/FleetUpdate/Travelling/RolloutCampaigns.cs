using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.FleetUpdate.Travelling;

/// <summary>
/// Campaigns that belong to rollouts follow them: opened with the first batch of a stage, widened with each further one, held and let on as the run is, given up and ended with it. What a run wants is read from its
/// committed state, so that doing it again after a crash is doing it once.
/// </summary>
internal static class RolloutCampaigns
{
    /// <summary>A visit begins two seconds after its grant at the latest, or not at all: a shorter lease would never be enough.</summary>
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(10);

    public static void Tell(Story story, UpdateInput input)
    {
        foreach (var want in input.Demands)
        {
            var id = RolloutPart.CampaignId(want.Work.Rollout, want.Work.Stage);
            foreach (var before in story.State.Campaigns.Values.Where(one => !one.Over && one.Order.Rollout is { } part && part.Id == want.Work.Rollout && part.Stage != want.Work.Stage))
            {
                story.Tell(new CampaignTurned(before.Order.Id, CampaignStatus.Done, "its stage is done"));
            }

            switch (want.Kind, story.State.Campaigns.GetValueOrDefault(id))
            {
                case (DemandKind.Go, { } campaign):
                    GoOn(story, campaign, want, input);
                    break;
                case (DemandKind.Go, null) when !want.Hosts.IsEmpty:
                    story.Tell(new CampaignOrdered(OrderOf(id, want), want.By, want.Reason, want.CordEpoch, Azs(want.Hosts, input), []));
                    break;
                case (DemandKind.Hold, { Status: CampaignStatus.Running }):
                    story.Tell(new CampaignTurned(id, CampaignStatus.Paused, want.Why));
                    break;
                case (DemandKind.GiveUp, { Over: false }):
                    story.Tell(new CampaignTurned(id, CampaignStatus.Cancelled, want.Why));
                    break;
                case (DemandKind.Done, { Over: false }):
                    story.Tell(new CampaignTurned(id, CampaignStatus.Done, want.Why));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>What the cord halted goes on only in a new attempt of the run: a person resumed the rollout (law 9).</summary>
    private static void GoOn(Story story, Campaign campaign, StatefulDemand want, UpdateInput input)
    {
        var id = campaign.Order.Id;
        if (campaign.Attempt < want.Work.Attempt || campaign.Status is CampaignStatus.Paused || campaign.Over)
        {
            var again = campaign.Attempt < want.Work.Attempt ? [.. want.Pending.Where(host => Again(campaign, host, want, input))] : ImmutableArray<string>.Empty;
            story.Tell(new CampaignTakenUp(id, want.Work.Attempt, want.CordEpoch, again));
        }

        var known = campaign.Azs.Values.SelectMany(az => az.Hosts).ToHashSet();
        if (want.Hosts.RemoveAll(known.Contains) is { IsEmpty: false } fresh && Azs(fresh, input) is { IsEmpty: false } azs)
        {
            story.Tell(new CampaignWidened(id, azs));
        }
    }

    /// <summary>Hosts that ended otherwise than the run needs them, and that it waits for once more.</summary>
    private static bool Again(Campaign campaign, string host, StatefulDemand want, UpdateInput input) =>
        campaign.Hosts.TryGetValue(host, out var progress) && progress.End is { } end && (end != HostEnd.Done || input.Fleet.Hosts.GetValueOrDefault(host)?.Release != want.Release);

    private static ImmutableArray<PlannedAz> Azs(ImmutableArray<string> hosts, UpdateInput input) =>
        [.. hosts.Where(input.Fleet.Hosts.ContainsKey).GroupBy(host => input.Fleet.Hosts[host].Az).OrderBy(az => az.Key, StringComparer.Ordinal).Select(az => new PlannedAz(az.Key, [.. az], Given(az.Count())))];

    /// <summary>One stage that grows: batches, one-boxes and bakes are the run's.</summary>
    internal static ImmutableArray<CanaryStage> Given(int hosts) => [new("as the rollout gives out", hosts)];

    /// <summary>
    /// The pipeline's limits bind: its longest visit is the lease, so half of it is planned for 99 of 100 hosts. Pace, cap, casualty rates and deadline are the run's to keep; other maintenance joins the outage as long
    /// as all of it fits into the longest visit.
    /// </summary>
    private static CampaignOrder OrderOf(string id, StatefulDemand want)
    {
        var lease = want.Limit > ShortestLease ? want.Limit : ShortestLease;
        var part = lease / (2 * Effects.LeaseFactor);
        return new(id, [new(ActivityKind.Software, want.Release, part / 2, part) { Digest = want.Digest, Bake = TimeSpan.Zero, Disruption = Disruption.Restart }])
        {
            Rollout = new(want.Work.Rollout, want.Work.Stage, want.Work.Attempt, want.Back),
            Services = [want.Service],
            Cycle = part,
            MaxOutage = lease,
            CapShare = 1,
            Velocity = new VelocityPolicy(First: 1e6, Least: 1e6, Most: 1e6),
            VisitWithin = TimeSpan.FromDays(365),
        };
    }
}
