using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Deadlines;
using OpsConsole.Domain.FleetUpdate.Travelling;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.FleetUpdate;

/// <summary>What each event makes of the state.</summary>
internal static class FleetUpdateFold
{
    public static FleetUpdateState Apply(FleetUpdateState state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            CampaignOrdered e => Ordered(state, e, at),
            CampaignTurned e => With(state, e.Campaign, one => Turned(one, e, at)),
            CampaignHeld e => With(state, e.Campaign, one => one with { Held = new(e.Service, e.Version, e.Why, at) }),
            CampaignLetOn e => With(state, e.Campaign, one => one with { Held = null }),
            CampaignWidened e => With(state, e.Campaign, one => RolloutFold.Apply(one, e, at)),
            CampaignTakenUp e => With(state, e.Campaign, one => RolloutFold.Apply(one, e, at)),
            HostsOverdue e => Overdue.Apply(state, e, at),
            OverdueEnded e => Overdue.Apply(state, e, at),
            HostsGranted e => e.Outages.Aggregate(state with { Asked = state.Asked + 1 }, (so, outage) => Granted(so, outage, at)),
            HostsParked e => state with { Asked = state.Asked + 1, Parked = state.Parked.SetItems(e.Parked.Select(one => KeyValuePair.Create(one.Host, one))) },
            OutageResumed e => Outage(state with { Asked = state.Asked + 1 }, e.Host, one => one with { Token = e.Token, Request = e.Request, Expires = e.Expires, CordEpoch = e.CordEpoch, Resumed = one.Resumed + 1 }),
            OutageJoined e => Outage(state, e.Host, one => one with { Items = e.Items, Traits = one.Traits with { Activities = e.Activities }, Bake = e.Bake, Saved = e.Saved }),
            HostsReturned e => e.Hosts.Aggregate(state, (so, host) => Outage(so, host.Host, one => one with { Seen = host.Seen })),
            HostsSettled e => e.Hosts.Aggregate(state, (so, host) => Settled(so, host, at)),
            OutageDropped e => state with { Outages = state.Outages.Remove(e.Host) },
            HostsLeft e => With(state, e.Campaign, one => one with { Hosts = one.Hosts.SetItems(e.Hosts.Select(host => KeyValuePair.Create(host.Host, one.Hosts.GetValueOrDefault(host.Host, HostProgress.None) with { End = HostEnd.Left, Why = host.Why, At = at }))) }),
            StagePassed e => Az(state, e.Campaign, e.Az, az => az with { Stage = e.Stage, Since = at, Velocity = az.Velocity.AfterCleanBake(at) }),
            AzPassed e => Az(state, e.Campaign, e.Az, az => az with { Passed = true, Since = at }) with { Proven = state.Proven.Union(e.Proven) },
            CampaignSlowed e => Az(state, e.Campaign, e.Az, az => az with { Velocity = az.Velocity.AfterWarning(at) }),
            _ => state,
        };

    private static FleetUpdateState Ordered(FleetUpdateState state, CampaignOrdered e, DateTimeOffset at)
    {
        var campaign = new Campaign(e.Order, e.By, e.Reason, at, e.CordEpoch)
        {
            StatusSince = at,
            Attempt = e.Order.Rollout?.Attempt ?? 0,
            Left = e.Left,
            Azs = e.Azs.ToImmutableSortedDictionary(az => az.Az, az => new AzProgress(az.Hosts, az.Stages, 0, at, Velocity.Begin(e.Order.Velocity, at)), StringComparer.Ordinal),
        };
        return state with { Campaigns = Room(state.Campaigns).SetItem(e.Order.Id, campaign) };
    }

    private static Campaign Turned(Campaign campaign, CampaignTurned e, DateTimeOffset at)
    {
        var azs = e.To switch
        {
            CampaignStatus.Halted => Each(campaign, az => az with { Velocity = az.Velocity.AfterHalt(at) }),
            CampaignStatus.Running => Each(campaign, az => az with { Velocity = az.Velocity.Resume(at) }),
            _ => campaign.Azs,
        };

        // What was counted before a person said to go on halts no second time.
        var ledger = e.To == CampaignStatus.Running && campaign.Status == CampaignStatus.Halted ? CasualtyLedger.Empty : campaign.Ledger;
        return campaign with { Status = e.To, Why = e.Why, StatusSince = at, CordEpoch = e.CordEpoch ?? campaign.CordEpoch, Azs = azs, Ledger = ledger };
    }

    private static ImmutableSortedDictionary<string, AzProgress> Each(Campaign campaign, Func<AzProgress, AzProgress> change) =>
        campaign.Azs.ToImmutableSortedDictionary(az => az.Key, az => change(az.Value), StringComparer.Ordinal);

    private static FleetUpdateState Granted(FleetUpdateState state, Outage outage, DateTimeOffset at)
    {
        state = state with { Outages = state.Outages.SetItem(outage.Host, outage), Parked = state.Parked.Remove(outage.Host) };
        return outage.Items.Select(item => item.Campaign).Distinct().Aggregate(state, (so, campaign) => Az(so, campaign, outage.Az, az => az with { Velocity = az.Velocity.Take(1, at) ?? az.Velocity }));
    }

    private static FleetUpdateState Settled(FleetUpdateState state, SettledHost host, DateTimeOffset at)
    {
        if (!state.Outages.TryGetValue(host.Host, out var outage))
        {
            return state;
        }

        state = state with { Outages = state.Outages.Remove(host.Host) };
        foreach (var mine in outage.Items.GroupBy(item => item.Campaign))
        {
            state = With(state, mine.Key, campaign => campaign with
            {
                Ledger = campaign.Ledger.Add(outage.Traits, host.Cause),
                Saved = campaign.Saved + outage.Saved,
                Hosts = campaign.Hosts.SetItem(host.Host, Progress(campaign, host, mine.Aggregate(0, (bits, item) => bits | (1 << item.Index)), at)),
            });
        }

        return state;
    }

    private static HostProgress Progress(Campaign campaign, SettledHost host, int bits, DateTimeOffset at)
    {
        var done = campaign.Hosts.GetValueOrDefault(host.Host, HostProgress.None).Done | bits;
        var all = done == (1 << campaign.Order.Activities.Length) - 1;
        return new(done, host.Cause is not null ? HostEnd.Casualty : all ? HostEnd.Done : null, host.Why, at);
    }

    private static FleetUpdateState With(FleetUpdateState state, string campaign, Func<Campaign, Campaign> change) =>
        state.Campaigns.TryGetValue(campaign, out var one) ? state with { Campaigns = state.Campaigns.SetItem(campaign, change(one)) } : state;

    private static FleetUpdateState Az(FleetUpdateState state, string campaign, string az, Func<AzProgress, AzProgress> change) =>
        With(state, campaign, one => one.Azs.TryGetValue(az, out var there) ? one with { Azs = one.Azs.SetItem(az, change(there)) } : one);

    private static FleetUpdateState Outage(FleetUpdateState state, string host, Func<Outage, Outage> change) =>
        state.Outages.TryGetValue(host, out var one) ? state with { Outages = state.Outages.SetItem(host, change(one)) } : state;

    private static ImmutableSortedDictionary<string, Campaign> Room(ImmutableSortedDictionary<string, Campaign> all) =>
        all.RemoveRange(all.Values.Where(one => one.Over).OrderByDescending(one => one.StatusSince).Skip(FleetUpdateState.OverKept - 1).Select(one => one.Order.Id));
}
